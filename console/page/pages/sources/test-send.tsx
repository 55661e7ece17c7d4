import { useState } from 'react';
import { send } from '../../../api/send';
import { useAct } from '../../app/use-act';
import { Button } from '../../parts/button';
import { Card } from '../../parts/card';
import { Checkbox } from '../../parts/field';
import { Link } from '../../parts/link';
import { LiveRegion } from '../../parts/live-region';
import { SentAnswer } from '../send/sent-answer';

/** Sends a signed sample to a source, and follows its leads until they are mailed. */
export const TestSend = ({ id }: Readonly<{ id: string }>) => {
  const [withOwner, setWithOwner] = useState(true);
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
      <div className="stack-of">
        <p className="sub">
          Sends the sample of the preset with a new lead, signed by the current secret. The lead stays, and its mail is
          sent to the sales team. Shortly after a change it may take 35 seconds until the functions know the secret.
        </p>
        <Checkbox
          label="Put a test owner for the lead, without which it fails as owner-missing"
          checked={withOwner}
          onChange={(event) => setWithOwner(event.target.checked)}
        />
        <div>
          <Button
            isBusy={test.isPending}
            onClick={() => test.mutate({ source: id, payload: null, with_owner: withOwner })}
          >
            Send a signed test
          </Button>
        </div>
        <LiveRegion label="Answer of the API">
          {test.data === undefined ? null : <SentAnswer sent={test.data} />}
        </LiveRegion>
      </div>
    </Card>
  );
};
