import type { LeadEventView } from '../../../api/lead';
import { visible } from '../../format/visible';
import { Card } from '../../parts/card';
import { StateBadge } from '../../parts/state-badge';
import { Time } from '../../parts/time';
import { Link } from '../../parts/link';

/** All events of a lead, newest first. */
export const EventList = ({
  lead,
  events,
  chosen,
}: Readonly<{ lead: string; events: readonly LeadEventView[]; chosen: LeadEventView }>) => (
  <Card title={`Events of this lead`} aside={<span className="dim num">{events.length}, newest first</span>} isFlush>
    <ul className="events">
      {events.map((event) => (
        <li key={event.event_id}>
          <Link
            to="/leads/lead"
            search={{ id: lead, event: event.event_id }}
            replace
            aria-current={event === chosen ? 'true' : undefined}
          >
            <span className="mono">{event.event_id.slice(0, 8)}</span>
            <span className="from">{visible(event.source.slice(0, 80))}</span>
            <StateBadge state={event.state} />
            <Time at={event.received_at} />
          </Link>
        </li>
      ))}
    </ul>
  </Card>
);
