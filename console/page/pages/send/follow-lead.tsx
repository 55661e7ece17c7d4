import { useQuery } from '@tanstack/react-query';
import { lead, type LeadEventView } from '../../../api/lead';
import { ask } from '../../app/ask';
import { keyOf } from '../../app/use-ask';
import { StateBadge } from '../../parts/state-badge';
import { Until } from '../../parts/time';

/**
 * How often the state of a lead is read, in milliseconds, and how many times. Most leads of a local cloud have ended by
 * then. The server tells the page of later changes.
 */
const pauseMs = 1_000;
const mostReads = 60;

/** The state of an event of a lead, until it is mailed, failed or discarded. */
export const FollowLead = ({ leadId, eventId }: Readonly<{ leadId: string; eventId: string }>) => {
  const { data, error } = useQuery({
    queryKey: keyOf(lead, { id: leadId }),
    queryFn: ({ signal }) => ask(lead, { id: leadId }, signal),
    refetchInterval: ({ state }) =>
      state.status !== 'error' &&
      state.dataUpdateCount < mostReads &&
      isOpen(state.data?.events.find((one) => one.event_id === eventId))
        ? pauseMs
        : false,
  });
  const event = data?.events.find((one) => one.event_id === eventId);
  return (
    <span className="row" role="status" aria-label={`State of lead ${leadId}`}>
      {event === undefined ? (
        <span className="dim">{error === null ? 'reading its state…' : error.message}</span>
      ) : (
        <>
          <StateBadge state={event.state} />
          <After event={event} />
        </>
      )}
    </span>
  );
};

const isOpen = (event: LeadEventView | undefined): boolean =>
  event === undefined || event.state === 'RECEIVED' || event.state === 'CLAIMED';

const After = ({ event: { state, due_at, failure } }: Readonly<{ event: LeadEventView }>) => {
  if (state === 'RECEIVED' && due_at !== null)
    return (
      <span className="sub">
        <Until at={due_at} passed="due, waits for a worker" />
      </span>
    );
  if (failure === null) return null;
  return (
    <span className="sub">
      {failure.title} <code className="mono">{failure.reason}</code>
    </span>
  );
};
