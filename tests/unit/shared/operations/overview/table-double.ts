import * as TE from 'fp-ts/TaskEither';
import type { LeadId } from '../../../../../shared/lead/lead-id';
import type { EventFacts } from '../../../../../shared/operations/overview/event-facts';
import type { OverviewPorts, Part } from '../../../../../shared/operations/overview/overview-ports';
import { unavailable } from '../../../../../shared/ports/store-failure';

type Name = keyof OverviewPorts;

export const facts = (id: string, more: Partial<EventFacts> = {}): EventFacts => ({
  lead_id: `lead-${id}` as LeadId,
  event_id: id,
  source: 'crm',
  state: 'RECEIVED',
  received_at: '2026-01-31T11:00:00.000Z',
  due_at: '2026-01-31T11:10:00.000Z',
  ...more,
});

const isPending = ({ state }: EventFacts): boolean => state === 'RECEIVED' || state === 'CLAIMED';

/** A table of events that a test changes, with ports that can fail. */
export const tableDouble = (pageSize = 1_000) => {
  const events = new Map<string, EventFacts>();
  /** The name of the error with which a port fails. */
  const failing = new Map<Name, string>();
  const calls: Name[] = [];
  let about = 0;
  /** The event ids of each read of events. */
  const reads: (readonly string[])[] = [];
  /** Runs between a read of events and its answer. */
  let beforeEvents = (): Promise<void> => Promise.resolve();
  /** Runs while a scan is between two pages. */
  let betweenPages = (): Promise<void> => Promise.resolve();

  const port =
    <A>(name: Name, answer: () => A | Promise<A>): Part<A> =>
    async () => {
      calls.push(name);
      const error = failing.get(name);
      if (error === undefined) return TE.right<never, A>(await answer())();
      const failure = unavailable('events')(Object.assign(new Error(), { name: error }));
      return TE.left({ failure, rights: [`a:${name}`] })();
    };

  const ports: OverviewPorts = {
    countItems: port('countItems', () => about),
    scanPage: ({ segment, segments, from = 0 }) =>
      port('scanPage', async () => {
        const all = [...events.values()].filter((_, index) => index % segments === segment);
        const start = from as number;
        const page = all.slice(start, start + pageSize);
        await betweenPages();
        const next = start + pageSize < all.length ? start + pageSize : undefined;
        return { events: page, unreadable: 0, next };
      }),
    readPending: (most) =>
      port('readPending', () => {
        const refs = [...events.values()]
          .filter(isPending)
          .map(({ lead_id, event_id }) => ({ leadId: lead_id, eventId: event_id }));
        return { refs: refs.slice(0, most), isWhole: refs.length <= most };
      }),
    readEvents: (refs) =>
      port('readEvents', async () => {
        if (refs.length > 100) throw new Error('more than BatchGetItem takes');
        reads.push(refs.map(({ eventId }) => eventId));
        const answer = new Map(
          refs.flatMap(({ leadId, eventId }) => {
            const found = events.get(eventId);
            return found === undefined ? [] : [[`${leadId}/${eventId}`, found] as const];
          }),
        );
        await beforeEvents();
        return answer;
      }),
    readQueues: port('readQueues', () => ({
      delay: { waiting: 1, inFlight: 2 },
      retry: { waiting: 3, inFlight: 4 },
      dead: { waiting: 5, inFlight: 6 },
    })),
    readQuarantine: port('readQuarantine', () => ({
      bySource: new Map([['shop', 2]]),
      byKind: { body: 1, lead: 1 },
      oldestAt: '2026-01-30T00:00:00.000Z',
      isWhole: true,
    })),
    readActivities: port('readActivities', () => []),
    readSenders: () =>
      port('readSenders', () => ({ from: 'log' as const, rejectedByReason: {}, bySource: new Map<string, never>() })),
  };

  return {
    ports,
    events,
    failing,
    calls,
    reads,
    setBeforeEvents: (run: () => Promise<void>) => (beforeEvents = run),
    setAbout: (items: number) => (about = items),
    setBetweenPages: (run: () => Promise<void>) => (betweenPages = run),
    put: (one: EventFacts) => events.set(one.event_id, one),
    change: (id: string, more: Partial<EventFacts>) => {
      const before = events.get(id);
      if (before !== undefined) events.set(id, { ...before, ...more });
    },
  };
};
