/** A period of the chart: an hour, or a day in UTC. */
type Span = '24h' | '30d';

const hourOf = (at: number, zone?: string): string =>
  new Date(at).toLocaleTimeString('en-GB', {
    ...{ hour: '2-digit', minute: '2-digit' },
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
export const periodName = (at: string, span: Span, zone?: string): string =>
  span === '24h'
    ? `${hourOf(Date.parse(at), zone)} to ${hourOf(Date.parse(periodEnd(at, span)), zone)}`
    : `${dayOf(Date.parse(at))} (UTC)`;

/** A period in words: `26 Nov, 14:00 to 15:00` in the zone of the viewer, or `26 Nov (UTC)` for a day in UTC. */
export const periodText = ({ from, to }: Readonly<{ from: string; to: string }>, zone?: string): string => {
  const [begin, end] = [Date.parse(from), Date.parse(to)];
  if (end - begin === lengths['30d'] && begin % lengths['30d'] === 0) return periodName(from, '30d');
  const date = (time: number): string =>
    new Date(time).toLocaleDateString('en-GB', {
      ...{ day: 'numeric', month: 'short' },
      ...(zone === undefined ? {} : { timeZone: zone }),
    });
  const isOneDay = date(begin) === date(end - 1);
  return `${date(begin)}, ${hourOf(begin, zone)} to ${isOneDay ? '' : `${date(end)}, `}${hourOf(end, zone)}`;
};
