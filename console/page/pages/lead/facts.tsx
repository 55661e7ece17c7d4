import type { LeadEventView, LeadHistory } from '../../../api/lead';
import { duration } from '../../format/time';
import { visible } from '../../format/visible';
import { Card } from '../../parts/card';
import { Personal } from '../../parts/personal';
import { Time } from '../../parts/time';
import { Link } from '../../parts/link';

/** The lead as it is now, and the event that is shown. */
export const Facts = ({ history, event }: Readonly<{ history: LeadHistory; event: LeadEventView }>) => {
  const row = history.leads.find(({ namespace }) => namespace === event.namespace);
  const took = event.notified_at === null ? undefined : Date.parse(event.notified_at) - Date.parse(event.received_at);
  return (
    <Card title="The lead now">
      <dl className="facts">
        <dt>Id</dt>
        <dd className="mono">{visible(history.lead_id)}</dd>
        <dt>Name</dt>
        <dd>
          <Personal value={row?.display_name} />
        </dd>
        <dt>E-mail</dt>
        <dd>
          <Personal value={row?.email} />
        </dd>
        <dt>Status</dt>
        <dd>{orDash(row?.status)}</dd>
        <dt>Owner</dt>
        <dd>{orDash(row?.owner_name)}</dd>
        <dt>Source</dt>
        <dd>
          <Link to="/leads" search={{ source: event.source }} className="link">
            {visible(event.source)}
          </Link>
          {event.namespace === '' || event.namespace === event.source ? null : (
            <span className="dim"> · namespace {visible(event.namespace)}</span>
          )}
        </dd>
        <dt>Received</dt>
        <dd>
          <Time at={event.received_at} />{' '}
          <span className="dim">
            · <Time at={event.received_at} as="clock" />
          </span>
        </dd>
        {took === undefined ? null : (
          <>
            <dt>Took</dt>
            <dd className="num">
              {duration(took)} <span className="dim">from receipt to mail</span>
            </dd>
          </>
        )}
        {event.attempts === null ? null : (
          <>
            <dt>Tries</dt>
            <dd className="num">{event.attempts}</dd>
          </>
        )}
        {event.discard_reason === null ? null : (
          <>
            <dt>Discarded</dt>
            <dd>{visible(event.discard_reason)}</dd>
          </>
        )}
        <dt>Event</dt>
        <dd className="mono small">{event.event_id}</dd>
        <dt>Raw</dt>
        <dd className="mono small">{visible(event.s3_key)}</dd>
        {event.correlation_id === null ? null : (
          <>
            <dt>Request</dt>
            <dd className="mono small">{visible(event.correlation_id)}</dd>
          </>
        )}
      </dl>
    </Card>
  );
};

const orDash = (value: string | null | undefined) =>
  value === null || value === undefined || value === '' ? <span className="dim">–</span> : visible(value);
