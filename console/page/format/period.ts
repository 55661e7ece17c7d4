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

/** The name of a period under the axis, in the zone of the viewer: `14:00`, `26 Nov`. */
export const tickName = (at: string, span: Span, zone?: string): string =>
  span === '24h' ? hourOf(Date.parse(at), zone) : dayOf(Date.parse(at));

/** The whole name of a period: `14:00 to 15:00`, `26 Nov (UTC)`. */
export const periodName = (at: string, span: Span, zone?: string): string =>
  span === '24h'
    ? `${hourOf(Date.parse(at), zone)} to ${hourOf(Date.parse(at) + 3_600_000, zone)}`
    : `${dayOf(Date.parse(at))} (UTC)`;
