import type { deadLetter } from '../../../api/dead-letters';
import { visible } from '../../format/visible';
import { Card } from '../../parts/card';
import { Link } from '../../parts/link';
import { StateBadge } from '../../parts/state-badge';
import { Time } from '../../parts/time';

export type FoundLetter = NonNullable<(typeof deadLetter)['answer']['_A']>;

/** Where the dead letter belongs to, and its times. */
export const LetterFacts = ({ found: { row, event, others } }: Readonly<{ found: FoundLetter }>) => (
  <Card title="Facts">
    <dl className="facts">
      <dt>Lead</dt>
      <dd>
        {row.lead_id === null ? (
          <span className="dim">not known</span>
        ) : (
          <Link
            to="/leads/lead"
            search={{ id: row.lead_id, ...(event === null ? {} : { event: event.event_id }) }}
            className="link mono"
          >
            {visible(row.lead_id)}
          </Link>
        )}
      </dd>
      <dt>State</dt>
      <dd>{row.state === null ? <span className="dim">no record</span> : <StateBadge state={row.state} />}</dd>
      <dt>Source</dt>
      <dd>{row.source === null ? <span className="dim">not known</span> : visible(row.source)}</dd>
      <dt>Tries</dt>
      <dd>{row.attempts ?? '–'}</dd>
      <dt>Sent</dt>
      <dd>
        <Time at={row.since} />
      </dd>
      <dt>Deleted by SQS</dt>
      <dd>
        <Time at={row.expires_at} />
      </dd>
      <dt>Event</dt>
      <dd className="mono">{event === null ? <span className="dim">none</span> : visible(event.event_id)}</dd>
      <dt>Message</dt>
      <dd className="mono">{visible(row.message)}</dd>
      {others.length === 0 ? null : (
        <>
          <dt>Same event</dt>
          <dd>
            {others.map((message) => (
              <Link key={message} to="/dead-letters/letter" search={{ id: message }} className="link mono">
                {visible(message)}{' '}
              </Link>
            ))}
          </dd>
        </>
      )}
    </dl>
  </Card>
);
