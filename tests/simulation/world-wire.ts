import { ingestSource } from '../../shared/sources/payloads/lead-payload';
import { mailedEvent } from '../support/mailed-event';
import { batchSettings, batchSource } from './batches';
import { type Cloud, names } from './cloud';
import { type Fault, faultFrom, lateMail } from './faults';
import { billing } from './sendings';
import { label } from './journal';
import type { Call, Wire } from './wire';
import type { Worker } from './worker';
import type { Fate, World } from './world';

/** Connects the workers of a story to its stores: faults go in, and the journal and the trace come out. */
export const wireOf = (world: World, fate: Fate): Wire => ({
  cloud: cloudOf(world),
  timeline: world.timeline,
  random: world.random,
  faultFor: fate.faultFor ?? ((call, worker) => stormFault(world, call, worker)),
  kill: (worker, why) => world.kill(worker, why),
  holdOf: (eventId, worker) => world.journal.holdOf(eventId, worker),
  asWorker: (worker, { hold }, effect) => {
    world.acting = worker;
    world.journal.under = hold;
    try {
      return effect();
    } finally {
      world.acting = undefined;
      world.journal.under = undefined;
    }
  },
  onFault: (worker, fault, { what, about, hold, requestTimeoutMs }) => {
    world.count(`fault ${fault.kind}`);
    world.journal.fault(fault, { what, about, hold, requestTimeoutMs });
    world.say(() => `${worker.name} FAULT ${fault.kind} at ${what} ${label(about)}`);
  },
  onEffect: (kind) => world.count(`effect ${kind}`),
  onCall: (worker, { what, about }, outcome) => {
    if (what === 'put-enriched' && outcome.startsWith('ok')) noteEnriched(world, about);
    if (what === 'claim' && outcome === 'ok') world.farLease.claimed(worker, about);
    if (isDeadly(world, what, about)) world.timeline.after(0, () => world.kill(worker, 'poison'));
    world.say(() => `${worker.name} ${what} ${label(about)}: ${outcome}`);
  },
  isDeadly: ({ what, about }) => what === 'give-up' && isDeadly(world, what, about),
});

/** The stores of a story as one cloud. */
export const cloudOf = (world: World): Cloud => ({
  now: () => world.timeline.now,
  table: world.table,
  buckets: { [names.raw]: world.raw, [names.lookup]: world.lookup, [names.enriched]: world.enriched },
  queues: {
    [names.queue]: world.queue,
    [names.retryQueue]: world.retryQueue,
    [names.deadLetterQueue]: world.deadLetterQueue,
  },
  mail: (text) => {
    if (world.acting !== undefined) world.journal.mail(mailedEvent(text) ?? '', world.acting);
  },
  get sources() {
    return JSON.stringify({
      billing: { ...billing, ...(world.scenario.sharesIds ? { lead_namespace: ingestSource } : {}) },
      [batchSource]: batchSettings(world.mistake),
    });
  },
  onSent: (message) => world.sent(message),
  onPutOff: (message) => world.onMessage(message),
});

/** The calls of functions that need the table. */
const tableCalls: ReadonlySet<string> = new Set([
  ...['record', 'save-lead', 'queue-again', 'claim', 'mark', 'give-up', 'record-failure', 'note-retry'],
  ...['find-pending', 'find-records', 'mark-requeued'],
]);

const stormFault = (world: World, call: Call, worker: Worker): Fault | undefined => {
  if (!world.isStormy) return undefined;
  // Operators write to the new table, which the functions do not use yet.
  if (!world.loss.isReachable && tableCalls.has(call.what) && !worker.name.startsWith('operator'))
    return { kind: 'denied' };
  if (world.loss.isLastRebuild && !world.loss.isReachable && worker.name.startsWith('operator')) return undefined;
  const { faults, sesTakesMs } = world.scenario;
  const fault = faultFrom(world.random, faults, call);
  if (fault !== undefined || call.what !== 'send-mail' || sesTakesMs === undefined) return fault;
  return lateMail(world.random, sesTakesMs, call);
};

const isDeadly = ({ scenario: { poison }, isPoisonous, table }: World, what: string, about: string): boolean => {
  if (!isPoisonous || poison?.at !== what) return false;
  const item = [...table.items].find((one) => one.s3_key?.S === about || one.event_id?.S === about);
  return item?.lead_id?.S === poison.leadId;
};

const noteEnriched = ({ journal, enriched }: World, key: string): void => {
  const versions = journal.enriched.get(key) ?? new Set();
  journal.enriched.set(key, versions.add(enriched.objects.get(key)?.body ?? ''));
};
