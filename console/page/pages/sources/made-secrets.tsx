import type { MadeSecrets as Made } from '../../../api/sources';
import { Button } from '../../parts/button';
import { CopyButton } from '../../parts/copy-button';

/** Secrets that were made just now. The console shows them once, and cannot show them again. */
export const MadeSecrets = ({ made, onDone }: Readonly<{ made: Made; onDone: () => void }>) => {
  const all = [
    ['Secret', made.secret],
    ['Verify token', made.verify_token],
  ].filter((one): one is [string, string] => typeof one[1] === 'string');
  if (all.length === 0) return null;
  return (
    <section className="card made" aria-label="New secret" role="status">
      <div className="body stack-of">
        <p>
          <b>Copy this now.</b> It is shown once. Leadline does not show a secret again.
        </p>
        {all.map(([name, secret]) => (
          <div key={name} className="secret-line">
            <span className="dim">{name}</span>
            <code className="mono wrap" aria-label={name}>
              {secret}
            </code>
            <CopyButton text={secret} label={`Copy the ${name.toLowerCase()}`} />
          </div>
        ))}
        <div className="row end">
          <Button onClick={onDone}>I have copied it</Button>
        </div>
      </div>
    </section>
  );
};
