/** Texts for times and durations. Each takes instants and `now` in milliseconds since 1970. */

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** How far a time is from now, in its largest unit: `12 s ago`, `in 3 min`. After 30 days the date says more. */
export const relative = (at: number, now: number, zone?: string): string => {
  const distance = Math.abs(now - at);
  if (distance > 30 * day) return dateAt(at, now, zone);
  if (distance < 2 * second) return 'now';
  return at <= now ? `${inLargestUnit(distance)} ago` : `in ${inLargestUnit(distance)}`;
};

const inLargestUnit = (ms: number): string => {
  if (ms < minute) return `${Math.floor(ms / second)} s`;
  if (ms < hour) return `${Math.floor(ms / minute)} min`;
  if (ms < 2 * day) return `${Math.floor(ms / hour)} h`;
  return `${Math.floor(ms / day)} days`;
};

/** How long something took or lasts, in its two largest units: `340 ms`, `3.4 s`, `19 min 30 s`, `2 h 5 min`. */
export const duration = (ms: number): string => {
  if (ms < second) return `${Math.round(ms)} ms`;
  if (ms < 10 * second) return `${(ms / second).toFixed(1)} s`;
  if (ms < minute) return `${Math.floor(ms / second)} s`;
  if (ms < hour) return withRest(ms, [minute, 'min'], [second, 's']);
  if (ms < 2 * day) return withRest(ms, [hour, 'h'], [minute, 'min']);
  return withRest(ms, [day, 'days'], [hour, 'h']);
};

type Unit = readonly [ms: number, name: string];

const withRest = (ms: number, [large, largeName]: Unit, [small, smallName]: Unit): string => {
  const rest = Math.floor((ms % large) / small);
  return `${Math.floor(ms / large)} ${largeName}${rest === 0 ? '' : ` ${rest} ${smallName}`}`;
};

/** The time left, as a clock that counts down: `8:12`, `1:02:09`. It ends at `0:00`. */
export const countdown = (until: number, now: number): string => {
  const seconds = Math.max(0, Math.ceil((until - now) / second));
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60), seconds % 60];
  const two = (part: number) => String(part).padStart(2, '0');
  return h === 0 ? `${m}:${two(s)}` : `${h}:${two(m)}:${two(s)}`;
};

/**
 * The date and the time in a zone, as short as it is clear: the time today, the day and the time this year.
 *
 * @param zone an IANA name; by default the zone of the viewer
 * @param withMs also milliseconds, for the steps of an event
 */
export const clockAt = (at: number, now: number, zone?: string, withMs = false): string => {
  const time = new Date(at).toLocaleTimeString('en-GB', { ...inZone(zone), ...clockParts(withMs) });
  return isSameDay(at, now, zone) ? time : `${dateAt(at, now, zone)}, ${time}`;
};

const clockParts = (withMs: boolean): Intl.DateTimeFormatOptions => ({
  ...{ hour: '2-digit', minute: '2-digit', second: '2-digit' },
  ...(withMs ? { fractionalSecondDigits: 3 } : {}),
});

/** The day and the month, and the year if it is not the present one. */
export const dateAt = (at: number, now: number, zone?: string): string => {
  const year = (time: number) => new Date(time).toLocaleDateString('en-GB', { ...inZone(zone), year: 'numeric' });
  return new Date(at).toLocaleDateString('en-GB', {
    ...{ ...inZone(zone), day: 'numeric', month: 'short' },
    ...(year(at) === year(now) ? {} : { year: 'numeric' }),
  });
};

/** The full time in UTC, as the API writes it but easier to read: `2026-11-26 14:02:11.482 UTC`. */
export const utc = (at: number): string => `${new Date(at).toISOString().replace('T', ' ').replace('Z', '')} UTC`;

const isSameDay = (one: number, other: number, zone?: string): boolean => {
  const dayOf = (at: number) => new Date(at).toLocaleDateString('en-GB', inZone(zone));
  return dayOf(one) === dayOf(other);
};

const inZone = (zone?: string): Intl.DateTimeFormatOptions => (zone === undefined ? {} : { timeZone: zone });
