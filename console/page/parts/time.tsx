import { useNow } from '../app/clock';
import { clockAt, countdown, relative, utc } from '../format/time';

/**
 * A time, relative to now (`3 min ago`) or as a clock in the zone of the viewer. Its UTC time appears on hover.
 *
 * @param at an instant in UTC, as the API writes it
 * @param as `steps` is a clock with milliseconds
 */
export const Time = ({ at, as = 'relative' }: Readonly<{ at: string; as?: 'relative' | 'clock' | 'steps' }>) => {
  const time = Date.parse(at);
  const now = useNow(as === 'relative' && Date.now() - time < 90_000 ? 1_000 : 30_000);
  if (Number.isNaN(time)) return <span>–</span>;
  return (
    <time className="num" dateTime={at} title={utc(time)}>
      {as === 'relative' ? relative(time, Math.max(now, fresh(time))) : clockAt(time, now, undefined, as === 'steps')}
    </time>
  );
};

/** `now` is rounded down, so that a time of the present second would lie in the future. */
const fresh = (time: number): number => (time <= Date.now() ? time : 0);

/** The time left until an instant, which counts down, and what to show once it has passed. */
export const Until = ({ at, passed = 'now' }: Readonly<{ at: string; passed?: string }>) => {
  const now = useNow(1_000);
  const until = Date.parse(at);
  return (
    <time className="num" dateTime={at} title={utc(until)} role="timer" aria-live="off">
      {until <= now ? passed : countdown(until, now)}
    </time>
  );
};
