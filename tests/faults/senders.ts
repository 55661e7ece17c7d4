import { setTimeout as wait } from 'node:timers/promises';
import { ingestSource } from '../../shared/sources/payloads/lead-payload';
import type { Source } from '../../shared/sources/source';
import { randomFrom, type Random } from '../simulation/random';
import { type PlannedEvent, type PlannedLead } from './plan';

/** What a sender saw of one event. */
export type Told = Readonly<{
  event: PlannedEvent;
  /** Each try's status, or that there was no answer. */
  answers: readonly (number | 'no-answer')[];
  /** The event ids that 2xx answers named. */
  namedIds: readonly string[];
}>;

export type Senders = Readonly<{
  /** Settles when each event has its 2xx, or was given up. */
  done: Promise<readonly Told[]>;
  /** How much of it is sent, from 0 to 1. */
  progress: () => number;
}>;

type Settings = Readonly<{
  apiUrl: string;
  sources: Readonly<Record<string, Source>>;
  leads: readonly PlannedLead[];
  seed: number;
  /** How many leads are on their way at once. */
  width: number;
  putOwner: (leadId: string) => Promise<unknown>;
  signal: AbortSignal;
}>;

const maxTries = 10;

/** Senders wait less long than API Gateway lets a function run: some send again while their first try still runs. */
const patienceMs = 10_000;

type Try = Readonly<{ answer: number | 'no-answer'; namedId?: string }>;

/** Posts the leads as CRMs do: several at once, each event until it has a 2xx or its sender gives up. */
export const startSenders = ({ leads, width, putOwner, ...settings }: Settings): Senders => {
  const total = leads.reduce((sum, { events }) => sum + events.length, 0);
  const told: Told[] = [];
  const queue = [...leads.entries()];

  const sender = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      settings.signal.throwIfAborted();
      const [index, { leadId, hasOwner, events }] = next;
      const random = randomFrom(settings.seed * 100_000 + index);
      if (hasOwner) await putOwner(leadId);
      for (const event of events) told.push(await tell(settings, event, random));
    }
  };

  return {
    done: Promise.all(Array.from({ length: width }, sender)).then(() => told),
    progress: () => told.length / total,
  };
};

type Line = Pick<Settings, 'apiUrl' | 'sources' | 'signal'>;

const tell = async (line: Line, event: PlannedEvent, random: Random): Promise<Told> => {
  const tries: Try[] = [];
  const meanwhile = event.again === 'meanwhile' ? post(line, event, 100) : undefined;
  await untilTaken(line, event, random, tries);
  if (meanwhile !== undefined) tries.push(await meanwhile);
  if (event.again === 'afterwards') await untilTaken(line, event, random, tries);
  return {
    event,
    answers: tries.map(({ answer }) => answer),
    namedIds: tries.flatMap(({ namedId }) => (namedId === undefined ? [] : [namedId])),
  };
};

const untilTaken = async (line: Line, event: PlannedEvent, random: Random, tries: Try[]): Promise<void> => {
  const limit = event.patience === 'once' ? 1 : maxTries;
  for (let number = 1; number <= limit; number += 1) {
    const one = await post(line, event, number);
    tries.push(one);
    // What a retry can't mend is not tried again; the accounting will object.
    if (one.answer !== 'no-answer' && one.answer < 500 && one.answer !== 429) return;
    await wait(random.between(0.5, 1) * Math.min(200 * 2 ** number, 5_000), undefined, { signal: line.signal });
  }
};

const post = async ({ apiUrl, sources, signal }: Line, event: PlannedEvent, number: number): Promise<Try> => {
  const secret = sources[event.source]?.secrets[0] ?? '';
  const isIngest = event.source === ingestSource;
  const payload = { ...event.payload, delivery_attempt: number };
  try {
    const response = await fetch(`${apiUrl}/${isIngest ? 'ingest' : 'webhook'}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(isIngest ? { 'x-webhook-secret': secret } : {}) },
      body: JSON.stringify(isIngest ? payload : { ...payload, secret_key: secret }),
      signal: AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]),
    });
    const body = await response.text();
    if (!response.ok) return { answer: response.status };
    return { answer: response.status, namedId: (JSON.parse(body) as Readonly<{ event_id: string }>).event_id };
  } catch {
    signal.throwIfAborted();
    return { answer: 'no-answer' };
  }
};
