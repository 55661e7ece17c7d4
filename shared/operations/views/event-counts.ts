import type { EventItem } from '../../stored/event-item';
import type { EventState } from '../../stored/event-state';

/** How often each value occurs. */
export type Counts<A extends string> = Readonly<Partial<Record<A, number>>>;

export const countsOf = <A extends string>(values: readonly A[]): Counts<A> =>
  values.reduce<Partial<Record<A, number>>>((counts, value) => ({ ...counts, [value]: (counts[value] ?? 0) + 1 }), {});

/** How many events are in each state. States without an event are left out. */
export const countsByState = (events: readonly EventItem[]): Counts<EventState> =>
  countsOf(events.map(({ state }) => state));

/** The sums of two counts. */
export const addCounts = <A extends string>(one: Counts<A>, other: Counts<A>): Counts<A> =>
  (Object.entries(other) as [A, number][]).reduce<Partial<Record<A, number>>>(
    (sums, [value, count]) => ({ ...sums, [value]: (sums[value] ?? 0) + count }),
    one,
  );
