import type { SentAs } from '../../../api/send';
import { curlOf, secretVariable } from '../../format/curl';
import { visible } from '../../format/visible';
import { Card } from '../../parts/card';
import { CopyButton } from '../../parts/copy-button';
import { TextDoc } from '../../parts/json-doc';

/** The same request for a terminal. The secret is a variable of the shell: the console shows no secret. */
export const CurlCard = ({
  request,
  payload,
  source,
}: Readonly<{ request: SentAs; payload: string; source: string }>) => {
  const command = curlOf(request, payload);
  if (command === undefined)
    return (
      <Card title="As a command">
        <p className="sub">
          Source {visible(source)} signs each request ({request.proof.kind === 'signature' ? request.proof.scheme : ''}
          ), which <code className="mono">curl</code> cannot. Use this page, or{' '}
          <code className="mono wrap">leadline sources test {visible(source)} --payload FILE</code>.
        </p>
      </Card>
    );
  return (
    <Card title="As curl" isFlush aside={<CopyButton text={command} label="Copy the command" />}>
      <TextDoc label="The request as curl" text={command} />
      {request.proof.kind === 'none' ? null : (
        <p className="foot sub">
          Set <code className="mono">{secretVariable}</code> to the secret of the source first. The console does not
          show it.
        </p>
      )}
    </Card>
  );
};
