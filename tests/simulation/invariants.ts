import * as E from 'fp-ts/Either';
import { maxLostMessages } from '../../ReconcileFunction/compose';
import { enrichedJson } from '../../shared/lead/enriched-lead';
import { eventItem, type EventItem } from '../../shared/stored/event-item';
import type { LeadId } from '../../shared/lead/lead-id';
import { namespaceOf } from '../../shared/lead/lead-namespace';
import { ingestSource } from '../../shared/sources/payloads/lead-payload';
import type { Owner } from '../../shared/lead/owner';
import { enrichedKeyOf } from '../../shared/lead/raw-key';
import { batchSource } from './batches';
import { checkBatches } from './invariants-of-batches';
import { checkLead, sameJson } from './invariants-of-leads';
import { short } from './journal';
import { bodyOf } from './queue';
import { leadOfRaw } from './raw-leads';
import type { Sending } from './sendings';
import type { World } from './world';

type Json = Readonly<Record<string, unknown>>;

/** Checks what must hold after the storm, when the queues are empty and the reconciler finds nothing to do. */
export const checkEnd = (world: World): void => {
  const events = world.events();
  for (const event of events) {
    if (E.isLeft(eventItem.decode(event)))
      world.journal.violate(`event ${short(event.event_id)} lacks what its state needs`);
    checkState(world, event);
    checkMails(world, event);
    world.count(`state ${event.state}`);
  }
  for (const sending of world.scenario.sendings) checkAnswers(world, sending, events);
  checkBatches(world, events);
  for (const leadId of world.scenario.leads)
    for (const namespace of [ingestSource, 'billing', batchSource])
      checkLead(world, { leadId: leadId as LeadId, namespace }, events);
  if (world.queue.messages.size + world.retryQueue.messages.size > 0)
    world.journal.violate('messages are left in the queue');
};

const checkState = (world: World, event: EventItem): void => {
  const id = short(event.event_id);
  switch (event.state) {
    case 'NOTIFIED':
      checkEnriched(world, event);
      return;
    case 'DISCARDED':
      return;
    case 'FAILED': {
      const letters = [...world.deadLetterQueue.messages.values()].map(({ body }) => bodyOf(body));
      if (
        Date.parse(event.failed_at) > world.calmFrom &&
        !mayFailInCalm.has(event.reason) &&
        !isLost(world, event) &&
        !mayLoseWorkers(world, event)
      ) {
        world.journal.violate(`event ${id} FAILED (${event.reason}) after the storm`);
      }
      // Another event's poison must not count: `worker-lost` requires that the event lost each of its workers alone.
      const lostAlone = world.lostAlone.get(event.s3_key) ?? 0;
      if (event.reason === 'worker-lost' && !mayLoseWorkers(world, event) && lostAlone <= maxLostMessages) {
        world.journal.violate(`event ${id} is FAILED (worker-lost), and did not lose its workers alone`);
      }
      if (
        !world.expired.has(event.s3_key) &&
        // `leadline dlq missing` finds it.
        !isLost(world, event) &&
        !letters.some(({ s3_key, intent }) => s3_key === event.s3_key && intent === undefined)
      ) {
        world.journal.violate(`event ${id} FAILED (${event.reason}) and is not in the dead-letter queue`);
      }
      return;
    }
    case 'RECEIVED':
    case 'CLAIMED':
      world.journal.violate(`event ${id} stays ${event.state} for ever`);
  }
};

/** Whether the lead of an event kills its workers, or makes the bug show. */
const mayLoseWorkers = ({ scenario: { poison, bug } }: World, { lead_id }: EventItem): boolean =>
  lead_id === poison?.leadId || (bug?.at === 'enrichment' && (lead_id === bug.leadId || bug.port === 'postpone'));

/**
 * Whether the record was lost, and rebuilt as it is. Then its reason tells the operator what to do. Or it was discarded
 * after the backup from which its table was restored (docs/recovery.md).
 */
const isLost = ({ loss, scenario }: World, { event_id, rebuilt_at, ...event }: EventItem): boolean => {
  const atLoss = loss.stateAtLoss(event_id);
  const isOfBackup = scenario.loss?.backupAtMs !== undefined && 'failed_at' in event;
  if (atLoss === 'DISCARDED' && isOfBackup && Date.parse(event.failed_at ?? '') <= loss.atMs) return true;
  return (
    atLoss !== undefined &&
    rebuilt_at !== undefined &&
    'reason' in event &&
    (event.reason === 'record-lost' || event.reason === 'mail-unconfirmed')
  );
};

/** Failures that only a person can correct: a missing file, or code that kills its workers. */
const mayFailInCalm: ReadonlySet<string> = new Set(['owner-missing', 'raw-missing', 'worker-lost', 'mail-unconfirmed']);

/** The enriched object consists of the raw object and one version of the owner's file. */
const checkEnriched = (world: World, event: EventItem): void => {
  const id = short(event.event_id);
  // The message of before a loss names the object of before, which differs in volatile fields.
  const isAnew = world.loss.stateAtLoss(event.event_id) !== undefined && event.rebuilt_at === undefined;
  const objects = [...world.raw.objects.values()];
  const earlier = isAnew ? objects.find(({ metadata }) => metadata['event-id'] === event.event_id) : undefined;
  const raw = (world.raw.objects.get(event.s3_key) ?? earlier)?.body;
  const enriched = world.enriched.objects.get(enrichedKeyOf(event.s3_key))?.body;
  if (raw === undefined) return void world.journal.violate(`event ${id} is NOTIFIED without a raw object`);
  if (enriched === undefined) return void world.journal.violate(`event ${id} is NOTIFIED without an enriched object`);
  const payload = JSON.parse(raw) as Json;
  const lead = leadOfRaw(event.source, payload);
  const { owner } = JSON.parse(enriched) as { owner: Owner };
  if (E.isLeft(lead)) return void world.journal.violate(`the raw object of event ${id} is not a lead`);
  const record = {
    event: lead.right,
    namespace: namespaceOf(event),
    eventId: event.event_id,
    s3Key: event.s3_key,
    receivedAt: '',
    eventTime: '',
    correlationId: '',
  };
  if ((!isAnew && enrichedJson({ record, owner }) !== enriched) || !isOwner(owner)) {
    world.journal.violate(`the enriched object of event ${id} does not match its raw object`);
  }
};

const isOwner = (owner: unknown): boolean =>
  [1, 2].some(
    (version) =>
      JSON.stringify(owner) ===
      JSON.stringify({ owner_name: `Owner ${version}`, owner_email: `owner${version}@example.com` }),
  );

/**
 * An event has one mail, and one more for each fault that kept a mark from following its mail. A replay with a mail
 * starts a new round.
 */
const checkMails = (world: World, event: EventItem): void => {
  const { event_id, s3_key, state } = event;
  const atLoss = world.loss.stateAtLoss(event_id);
  const isRecordLost = event.state === 'FAILED' && event.reason === 'record-lost';
  const isRebuilt = atLoss !== undefined && event.rebuilt_at !== undefined && !isRecordLost;
  const all = world.journal.mails.filter((mail) => mail.eventId === event_id);
  const last = world.journal.roundOf(event_id);
  for (let round = 0; round <= last; round += 1) {
    const mails = world.journal.mails.filter((mail) => mail.eventId === event_id && mail.round === round);
    const inWindow = mails.filter((mail) => world.journal.isInWindow(mail));
    if (mails.length - inWindow.length > 1) {
      world.journal.violate(
        `event ${short(event_id)} was mailed ${mails.length} times, ${inWindow.length} of them explained`,
      );
    }
    // The mail of a lost event may be one of before the loss. If there was none, its message is still there, unless an
    // operator had discarded the event.
    const isLetter = [...world.deadLetterQueue.messages.values()].some(({ body }) => bodyOf(body).s3_key === s3_key);
    const isSettled = atLoss !== undefined && (all.length > 0 || isLetter || atLoss === 'DISCARDED');
    const isMailed = mails.length > 0 || isSettled;
    if (round === last && state === 'NOTIFIED' && !isMailed)
      world.journal.violate(`event ${short(event_id)} is NOTIFIED without a mail`);
    if (round === last && state !== 'NOTIFIED' && mails.length > inWindow.length && !isRebuilt) {
      world.journal.violate(`event ${short(event_id)} was mailed, and is ${state}`);
    }
    world.count('mails in the window', Math.max(0, mails.length - 1));
    world.count('faults in the window', inWindow.length);
  }
};

const checkAnswers = (world: World, { eventId, payload }: Sending, events: readonly EventItem[]): void => {
  const answers = world.answers.get(eventId) ?? [];
  const id = short(eventId);
  // If a sender reaches the table before the rebuild, its event is new again (docs/recovery.md).
  const most = world.loss.stateAtLoss(eventId) === undefined ? 1 : 2;
  if (answers.filter((status) => status === 202).length > most) world.journal.violate(`event ${id} was accepted twice`);
  const refused = answers.find((status) => status >= 400 && status < 500);
  if (refused !== undefined) world.journal.violate(`event ${id} was refused with ${refused}`);
  const event = events.find(({ event_id }) => event_id === eventId);
  const raws = [...world.raw.objects].filter(
    ([key, { metadata }]) => metadata['event-id'] === eventId || key === event?.s3_key,
  );
  if (raws.length > most) world.journal.violate(`event ${id} has ${raws.length} raw objects`);
  const kept = JSON.parse(raws[0]?.[1].body ?? '{}') as Json;
  if (raws.length > 0 && !Object.entries(payload).every(([field, value]) => sameJson(kept[field], value))) {
    world.journal.violate(`the raw object of event ${id} is not what its sender sent`);
  }
  if (!answers.some((status) => status < 300)) return;
  world.count('accepted');
  // A late retry does not reopen an event that an operator discarded.
  if (event?.state === 'DISCARDED') return;
  if (event === undefined) world.journal.violate(`event ${id} was accepted and is gone`);
  else if (!raws.some(([key]) => key === event.s3_key || most > 1))
    world.journal.violate(`event ${id} was accepted and has no raw object`);
};
