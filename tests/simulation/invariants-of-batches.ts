import type { EventItem } from '../../shared/stored/event-item';
import type { QuarantineItem } from '../../shared/stored/quarantine-item';
import { type Batch, type BatchLead, batchSource } from './batches';
import { sameJson } from './invariants-of-leads';
import { short } from './journal';
import type { World } from './world';

/** Checks what must hold at the end for bodies with several leads, and for what is in quarantine. */
export const checkBatches = (world: World, all: readonly EventItem[]): void => {
  const { batches } = world.scenario;
  const events = all.filter(({ source }) => source === batchSource);
  const items = world.quarantine.items();
  const known = batches.flatMap(({ leads }) => leads.map(({ eventId }) => eventId));
  for (const { event_id } of events)
    if (!known.includes(event_id)) world.journal.violate(`event ${short(event_id)} is of no lead that a sender sent`);
  for (const batch of batches) checkBatch(world, batch, events, items);
  for (const item of items) {
    world.count(`quarantine ${item.state}`);
    checkRevalidated(
      world,
      item,
      batches.flatMap(({ leads }) => leads),
    );
  }
};

const checkBatch = (
  world: World,
  { delivery, leads }: Batch,
  events: readonly EventItem[],
  items: readonly QuarantineItem[],
): void => {
  const answers = world.batchAnswers.get(delivery) ?? [];
  const refused = answers.find((status) => status >= 400 && status < 500);
  if (refused !== undefined) world.journal.violate(`batch ${delivery} was refused with ${refused}`);
  const isAccepted = answers.some((status) => status < 300);
  if (isAccepted) world.count('batches accepted');
  for (const lead of leads) {
    const event = events.find(({ event_id }) => event_id === lead.eventId);
    const kept = items.filter((item) => world.quarantine.eventIdsOf(item).includes(lead.eventId));
    checkLeadOfBatch(world, lead, event, kept, isAccepted);
  }
};

/** A lead of a body that was answered 2xx has an event, or is in quarantine. */
const checkLeadOfBatch = (
  world: World,
  lead: BatchLead,
  event: EventItem | undefined,
  kept: readonly QuarantineItem[],
  isAccepted: boolean,
): void => {
  const name = `lead ${lead.leadId} (${short(lead.eventId)})`;
  const { journal } = world;
  // The whole body was kept, and after the correction a retry of the sender let one lead of it be kept alone. A lead
  // without others is kept with its whole body both times, under another id (docs/decisions/0032).
  const mostBodies = world.scenario.mistake === 'no-leads' ? 2 : 1;
  const mostOf = { body: mostBodies, lead: 1 };
  for (const kind of ['body', 'lead'] as const)
    if (kept.filter((item) => item.kind === kind).length > mostOf[kind])
      journal.violate(`${name} is in quarantine twice`);
  if ((world.answers.get(lead.eventId) ?? []).filter((status) => status === 202).length > 1)
    journal.violate(`${name} was accepted twice`);
  if (event !== undefined) checkRaw(world, name, lead, event);
  if (event !== undefined && lead.isReadable === 'never') journal.violate(`${name} has an event and cannot be read`);
  if (!isAccepted || event !== undefined) return;
  if (lead.isReadable === 'before') journal.violate(`${name} was accepted and is gone`);
  else if (kept.length === 0) journal.violate(`${name} was accepted, has no event, and is not in quarantine`);
};

const checkRaw = (world: World, name: string, { eventId, payload }: BatchLead, { s3_key, state }: EventItem): void => {
  const body = world.raw.objects.get(s3_key)?.body;
  if (body === undefined) {
    const isAnswered = (world.answers.get(eventId) ?? []).some((status) => status < 300);
    if (isAnswered && state !== 'DISCARDED') world.journal.violate(`${name} was accepted and has no raw object`);
    return;
  }
  const stable = Object.entries(JSON.parse(body) as object).filter(([name]) => name !== 'sent_at');
  if (!sameJson(Object.fromEntries(stable), payload))
    world.journal.violate(`the raw object of ${name} is not what its sender sent`);
};

/** After an operator has revalidated everything in calm, only what cannot be read is in quarantine. */
const checkRevalidated = (world: World, item: QuarantineItem, leads: readonly BatchLead[]): void => {
  if (!world.isRevalidated || item.state !== 'QUARANTINED') return;
  const ids = world.quarantine.eventIdsOf(item);
  const mine = leads.filter(({ eventId }) => ids.includes(eventId));
  if (mine.every(({ isReadable }) => isReadable !== 'never'))
    world.journal.violate(`request ${short(item.id)} can be read and stays in quarantine`);
  for (const { eventId, isReadable } of mine)
    if (isReadable !== 'never' && !world.events().some(({ event_id }) => event_id === eventId))
      world.journal.violate(`request ${short(item.id)} was revalidated without an event for ${short(eventId)}`);
};
