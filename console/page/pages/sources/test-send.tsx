import { useState } from 'react';
import { sampleOfSource, send } from '../../../api/send';
import { useAct } from '../../app/use-act';
import { useAsk } from '../../app/use-ask';
import { testPayload } from '../../format/test-payload';
import { Button } from '../../parts/button';
import { Card } from '../../parts/card';
import { Checkbox, TextArea } from '../../parts/field';
import { Link } from '../../parts/link';
import { LiveRegion } from '../../parts/live-region';
import { SentAnswer } from '../send/sent-answer';

/**
 * Sends a signed sample to a source, or a payload that the user pastes, and follows its leads until they are mailed.
 *
 * @param format of the bodies of the source
 */
export const TestSend = ({ id, format }: Readonly<{ id: string; format: string | null }>) => {
  const [withOwner, setWithOwner] = useState(true);
  const [typed, setTyped] = useState<string>();
  // Read again after each test, so that the next one has a new lead.
  const { data: sample } = useAsk(sampleOfSource, { source: id });
  const { text, problem, hint, isReady } = testPayload(typed, sample === null ? null : sample?.body, format);
  const test = useAct(send, () => undefined);
  return (
    <Card
      title="Signed test"
      aside={
        <Link to="/send" search={{ source: id }} className="link">
          Send something else
        </Link>
      }
    >
      <form
        className="stack-of"
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady) test.mutate({ source: id, payload: text, with_owner: withOwner });
        }}
      >
        <p className="sub">
          Sends this payload, signed by the current secret. Its lead stays, and its mail is sent to the sales team.
          Shortly after a change it may take 35 seconds until the functions know the secret.
        </p>
        <TextArea
          label="Payload of the test"
          hint={hint}
          error={problem}
          isCode
          rows={8}
          value={text}
          onChange={(event) => setTyped(event.target.value)}
        />
        <Checkbox
          label="Put a test owner for the lead, without which it fails as owner-missing"
          checked={withOwner}
          onChange={(event) => setWithOwner(event.target.checked)}
        />
        <div className="row">
          <Button type="submit" isBusy={test.isPending} disabled={!isReady}>
            Send a signed test
          </Button>
          {typed === undefined || sample === undefined || sample === null ? null : (
            <Button look="quiet" onClick={() => setTyped(undefined)}>
              Use the sample again
            </Button>
          )}
        </div>
        <LiveRegion label="Answer of the API">
          {test.data === undefined ? null : <SentAnswer sent={test.data} />}
        </LiveRegion>
      </form>
    </Card>
  );
};
