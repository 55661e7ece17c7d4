import { CopyButton } from '../../parts/copy-button';
import { Card } from '../../parts/card';

const command = 'leadline send --lead-id test-1 --email carol@example.com --name Carol';

/** Shown until the first lead has arrived: how to send one. */
export const FirstLead = () => (
  <Card title="No lead has arrived yet">
    <div className="first">
      <p className="sub">
        Send one, and watch it on this page: it waits for the delay, gets its owner, and is mailed. Use the page Send a
        lead, or run this command in the project&apos;s folder:
      </p>
      <div className="command">
        <code className="mono">{command}</code>
        <CopyButton text={command} label="Copy the command" />
      </div>
    </div>
  </Card>
);
