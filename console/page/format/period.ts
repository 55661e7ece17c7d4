import { dateAt } from './time';

/** A period of the chart: an hour, or a day in UTC. */
type Span = '24h' | '30d';

type Clock = Pick<Intl.DateTimeFormatOptions, 'second' | 'fractionalSecondDigits' | 'timeZoneName'>;

const hourOf = (at: number, zone?: string, more: Clock = {}): string =>
  new Date(at).toLocaleTimeString('en-GB', {
    ...{ hour: '2-digit', minute: '2-digit', ...more },
    ...(zone === undefined ? {} : { timeZone: zone }),
  });

/** Days are counted in UTC, so that their names are those of UTC too. */
const dayOf = (at: number): string =>
  new Date(at).toLocaleDateString('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });

const lengths = { '24h': 3_600_000, '30d': 86_400_000 } as const;

/** The end of a period of the chart: an instant in UTC. */
export const periodEnd = (at: string, span: Span): string => new Date(Date.parse(at) + lengths[span]).toISOString();

/** The name of a period under the axis, in the zone of the viewer: `14:00`, `26 Nov`. */
export const tickName = (at: string, span: Span, zone?: string): string =>
  span === '24h' ? hourOf(Date.parse(at), zone) : dayOf(Date.parse(at));

/** The whole name of a period: `14:00 to 15:00`, `26 Nov (UTC)`. */
export const periodName = (at: string, span: Span, zone?: string): string => {
  if (span === '30d') return `${dayOf(Date.parse(at))} (UTC)`;
  const { from, to } = clocksOf(Date.parse(at), Date.parse(periodEnd(at, span)), zone);
  return `${from} to ${to}`;
};

/**
 * The clocks of both ends. They have the name of their zone if the clocks were changed in between, because then the hour
 * from 01:00 can end at 01:00. They have milliseconds if the period is within a minute.
 */
const clocksOf = (begin: number, end: number, zone?: string): Readonly<{ from: string; to: string }> => {
  const both = (more: Clock) => ({ from: hourOf(begin, zone, more), to: hourOf(end, zone, more) });
  const named = both({ timeZoneName: 'short' });
  if (zoneIn(named.from) !== zoneIn(named.to)) return named;
  return end - begin < 60_000 ? both({ second: '2-digit', fractionalSecondDigits: 3 }) : both({});
};

/** `BST` of `01:00 BST`. */
const zoneIn = (clock: string): string | undefined => clock.split(' ')[1];

/**
 * A period in words: `26 Nov, 14:00 to 15:00` in the zone of the viewer, or `26 Nov (UTC)` for a day in UTC. A link can be
 * kept for years, so that the days have their year unless all is in the present one.
 *
 * @param now in milliseconds since 1970
 */
export const periodText = (
  { from, to }: Readonly<{ from: string; to: string }>,
  now: number,
  zone?: string,
): string => {
  const [begin, end] = [Date.parse(from), Date.parse(to)];
  const last = end - 1;
  if (end - begin === lengths['30d'] && begin % lengths['30d'] === 0) return `${dateAt(begin, now, 'UTC')} (UTC)`;
  // `dateAt` leaves out the year of its `now`.
  const day = (time: number): string =>
    [begin, last].every((one) => yearOf(one, zone) === yearOf(now, zone))
      ? dateAt(time, now, zone)
      : withYear(time, zone);
  const clocks = clocksOf(begin, end, zone);
  const isOneDay = withYear(begin, zone) === withYear(last, zone);
  // A day that ends at midnight would be "00:00 to 00:00".
  const hasEndDay = isOneDay ? day(end) !== day(begin) && hourOf(begin, zone) === hourOf(end, zone) : true;
  return `${day(begin)}, ${clocks.from} to ${hasEndDay ? `${day(end)}, ` : ''}${clocks.to}`;
};

const yearOf = (at: number, zone?: string): string =>
  new Date(at).toLocaleDateString('en-GB', { year: 'numeric', ...(zone === undefined ? {} : { timeZone: zone }) });

const withYear = (at: number, zone?: string): string =>
  new Date(at).toLocaleDateString('en-GB', {
    ...{ day: 'numeric', month: 'short', year: 'numeric' },
    ...(zone === undefined ? {} : { timeZone: zone }),
  });
