import type { ValidationProblem } from '../../codecs/validation-problem';
import type { QuarantineEvents, QuarantineItem } from '../../stored/quarantine-item';
import type { QuarantinedObject } from '../../stored/quarantined-object';
import type { Pace } from '../pace';
import type { OnProgress } from '../progress';
import { withProgressReport } from '../unfinished';
import type { QuarantineStore } from './quarantine-ports';

/** What became of one lead of a quarantined request. */
export type RevalidatedLead =
  | Readonly<{ kind: 'accepted' | 'duplicate'; event: QuarantineEvents[number] }>
  | Readonly<{ kind: 'rejected'; problems: readonly ValidationProblem[] }>;

/** The leads of a request, read with the present settings of its source. */
export type ReadAgain =
  Readonly<{ kind: 'read'; leads: readonly RevalidatedLead[] }> | Readonly<{ kind: 'no-source' | 'source-unreadable' }>;

export type RevalidatePorts = Readonly<{
  store: Pick<QuarantineStore, 'item' | 'request' | 'finish'>;
  /** Reads a request with the present settings of its source, and ingests each lead that is valid. */
  ingest: (item: QuarantineItem, request: QuarantinedObject) => Promise<ReadAgain>;
  pace: Pace;
  onProgress: OnProgress;
  isInterrupted: () => boolean;
}>;

/**
 * What became of a chosen request.
 *
 * - `revalidated`: each of its leads has an event.
 * - `before`: an operator revalidated it before.
 * - `discarded`: nothing changed, because an operator discarded it.
 * - `invalid`: it stays in quarantine, because a lead of it still has problems. Its other leads have events.
 * - `no-lead`: it stays in quarantine, because the present settings find no lead in it.
 * - `no-source`, `source-unreadable`: it stays in quarantine, because its source has no settings, or invalid ones.
 * - `request-missing`, `request-unreadable`: its object is gone, or cannot be decoded.
 * - `gone`: its item has expired, or cannot be decoded.
 */
export type RevalidateOutcome =
  | 'revalidated'
  | 'before'
  | 'discarded'
  | 'invalid'
  | 'no-lead'
  | 'no-source'
  | 'source-unreadable'
  | 'request-missing'
  | 'request-unreadable'
  | 'gone';

export type Revalidated = Readonly<{
  item: QuarantineItem;
  outcome: RevalidateOutcome;
  leads: readonly RevalidatedLead[];
}>;

/** Whether each lead of a request has an event now. */
export const isRevalidated = ({ outcome }: Revalidated): boolean => outcome === 'revalidated' || outcome === 'before';

/**
 * Makes events of the chosen requests, one by one, as if their senders sent them now.
 *
 * The events are made before the item records it. A run that dies in between is repeated: the id of an event depends on
 * the content, so that the second run finds duplicates and records the item. An interruption ends it after the current
 * request.
 *
 * @throws an Unfinished with the counts `revalidated` and `chosen` if a port fails
 */
export const revalidateQuarantined = async (
  ports: RevalidatePorts,
  chosen: readonly QuarantineItem[],
): Promise<readonly Revalidated[]> => {
  const { pace, onProgress, isInterrupted } = ports;
  const done: Revalidated[] = [];
  const revalidateEach = async (): Promise<void> => {
    for (const item of chosen) {
      await pace(() => Promise.resolve());
      if (isInterrupted()) return;
      done.push({ item, ...(await revalidate(ports, item)) });
      onProgress('revalidated', done.length, chosen.length);
    }
  };
  await withProgressReport(
    () => ({ revalidated: done.filter(isRevalidated).length, chosen: chosen.length }),
    revalidateEach,
  );
  return done;
};

type Result = Omit<Revalidated, 'item'>;

const without = (outcome: RevalidateOutcome): Result => ({ outcome, leads: [] });

const revalidate = async ({ store, ingest }: RevalidatePorts, found: QuarantineItem): Promise<Result> => {
  // Another operator may have decided since the list was read.
  const item = await store.item(found);
  if (item === undefined) return without('gone');
  if (item.state === 'DISCARDED') return without('discarded');
  if (item.state === 'REVALIDATED') return { outcome: 'before', leads: leadsOf(item.events) };
  const request = await store.request(item);
  if (request === 'missing' || request === 'unreadable') return without(`request-${request}`);
  const read = await ingest(item, request);
  if (read.kind !== 'read') return without(read.kind);
  const { leads } = read;
  if (leads.length === 0) return without('no-lead');
  if (leads.some(({ kind }) => kind === 'rejected')) return { outcome: 'invalid', leads };
  const finished = await store.finish(item, eventsOf(leads));
  return { outcome: finished === 'by-another' ? 'before' : 'revalidated', leads };
};

const leadsOf = (events: QuarantineEvents): readonly RevalidatedLead[] =>
  events.map((event) => ({ kind: 'duplicate', event }));

/** Two leads of a request may be one event. */
const eventsOf = (leads: readonly RevalidatedLead[]): QuarantineEvents => {
  const events = leads.flatMap((lead) => (lead.kind === 'rejected' ? [] : [lead.event]));
  const keyOf = ({ lead_id, event_id }: QuarantineEvents[number]): string => `${lead_id}/${event_id}`;
  return [...new Map(events.map((event) => [keyOf(event), event])).values()];
};
