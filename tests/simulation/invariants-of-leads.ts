import * as E from 'fp-ts/Either';
import { leadKey } from '../../shared/aws/table-keys';
import { versionOf } from '../../shared/lead/event-time';
import { type LeadRef, namespaceOf } from '../../shared/lead/lead-namespace';
import { enrichedKeyOf } from '../../shared/lead/raw-key';
import type { EventItem } from '../../shared/stored/event-item';
import { leadOf } from './journal';
import { leadOfRaw } from './raw-leads';
import type { World } from './world';

type Json = Readonly<Record<string, unknown>>;

/**
 * The lead has the values of the newest event of its namespace. An event that was neither accepted nor enriched may
 * count or not.
 */
export const checkLead = (world: World, ref: LeadRef, all: readonly EventItem[]): void => {
  const { pk, sk } = leadKey(ref);
  const item = world.table.get(pk, sk);
  const leadId = `${ref.leadId} of ${ref.namespace}`;
  const events = all.filter((event) => event.lead_id === ref.leadId && namespaceOf(event) === ref.namespace);
  const version = (event: EventItem) => versionOf(event.event_time, event.event_id);
  const certain = events
    .filter(
      ({ event_id, state }) =>
        state === 'NOTIFIED' ||
        (state !== 'DISCARDED' && (world.answers.get(event_id) ?? []).some((status) => status < 300)),
    )
    .map(version)
    .sort()
    .at(-1);
  if (item === undefined) {
    if (certain !== undefined) world.journal.violate(`${leadId} has events and no lead`);
    return;
  }
  const lead = leadOf(item);
  if (certain !== undefined && lead.version < certain) {
    world.journal.violate(`${leadId} says ${lead.version}, its newest event ${certain}`);
  }
  const newest = events.find(({ event_id }) => event_id === lead.event_id);
  const isLost = world.loss.stateAtLoss(lead.event_id) !== undefined;
  // An event that was lost before its raw object was stored cannot be rebuilt. It was not accepted.
  if (newest === undefined && isLost) return;
  if (newest === undefined) return void world.journal.violate(`${leadId} refers to an event that does not exist`);
  // The objects of before and after the loss have two times. An accepted event has the newer one (`certain`).
  if (lead.version !== version(newest) && !(isLost && newest.rebuilt_at === undefined)) {
    world.journal.violate(`${leadId} says ${lead.version}, the event it refers to ${version(newest)}`);
  }
  const raw = world.raw.objects.get(newest.s3_key)?.body;
  if (raw === undefined) return;
  const said = leadOfRaw(newest.source, JSON.parse(raw) as Json);
  if (E.isLeft(said)) return void world.journal.violate(`the raw object of ${leadId} is not a lead`);
  if (lead.email !== said.right.email || normal(lead.status) !== normal(said.right.status)) {
    world.journal.violate(`${leadId} does not say what its newest event says`);
  }
  if ((item.status_key !== undefined) !== (normal(said.right.status) !== '')) {
    world.journal.violate(`a search by status ${item.status_key === undefined ? 'misses' : 'finds'} ${leadId} wrongly`);
  }
  if (newest.state === 'NOTIFIED') {
    const written = [...(world.journal.enriched.get(enrichedKeyOf(newest.s3_key)) ?? [])];
    if (!written.some((body) => sameJson((JSON.parse(body) as Json).owner, lead.owner))) {
      world.journal.violate(`the owner of ${leadId} is not that of its newest event`);
    }
  }
};

/** A blank status equals none. A lone surrogate is replaced, as in the stored text. */
const normal = (status: unknown): string => (typeof status === 'string' ? status.trim().toWellFormed() : '');

export const sameJson = (a: unknown, b: unknown): boolean => JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));

const sorted = (value: unknown): unknown =>
  typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;
