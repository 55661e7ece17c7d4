import { setTimeout as wait } from 'node:timers/promises';
import { ingestSource } from '../../shared/sources/payloads/lead-payload';
import type { LocalSource } from '../../dev/cloud/seed';
import { randomFrom, type Random } from '../simulation/random';
import { type PlannedEvent, type PlannedLead } from './plan';

/** One event as its sender saw it. */
export type Sent = Readonly<{
  event: PlannedEvent;
  /** The status of each attempt, or `no-answer`. */
  answers: readonly (number | 'no-answer')[];
  /** The event ids that 2xx answers named. */
  namedIds: readonly string[];
}>;

/** Whether a 2xx promised the sender of an event that the event is not lost. */
export const isAccepted = ({ answers }: Sent): boolean =>
  answers.some((answer) => answer !== 'no-answer' && answer < 300);

export type Senders = Readonly<{
  /** Resolves when each event has its 2xx, or its sender has given up. */
  done: Promise<readonly Sent[]>;
  /** The share of the events that is sent, from 0 to 1. */
  progress: () => number;
}>;

type Settings = Readonly<{
  apiUrl: string;
  sources: Readonly<Record<string, LocalSource>>;
  leads: readonly PlannedLead[];
  seed: number;
  /** How many leads are sent concurrently. */
  width: number;
  putOwner: (leadId: string) => Promise<unknown>;
  signal: AbortSignal;
}>;

const maxTries = 10;

/**
 * Senders wait less long than API Gateway lets a function run, so that some retry while their first attempt still runs.
 */
const patienceMs = 10_000;

type Try = Readonly<{ answer: number | 'no-answer'; namedId?: string }>;

/** Sends the leads as CRMs do: several concurrently, and each event until it has a 2xx or its sender gives up. */
export const startSenders = ({ leads, width, putOwner, ...settings }: Settings): Senders => {
  const total = leads.reduce((sum, { events }) => sum + events.length, 0);
  const sent: Sent[] = [];
  const queue = [...leads.entries()];

  const sender = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      settings.signal.throwIfAborted();
      const [index, { leadId, hasOwner, events }] = next;
      const random = randomFrom(settings.seed * 100_000 + index);
      if (hasOwner) await putOwner(leadId);
      for (const event of events) sent.push(await send(settings, event, random));
    }
  };

  return {
    done: Promise.all(Array.from({ length: width }, sender)).then(() => sent),
    progress: () => sent.length / total,
  };
};

type Line = Pick<Settings, 'apiUrl' | 'sources' | 'signal'>;

const send = async (line: Line, event: PlannedEvent, random: Random): Promise<Sent> => {
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
    // A retry cannot help after another 4xx. `checkAnswers` reports it.
    if (one.answer !== 'no-answer' && one.answer < 500 && one.answer !== 429) return;
    await wait(random.between(0.5, 1) * Math.min(200 * 2 ** number, 5_000), undefined, { signal: line.signal });
  }
};

const post = async ({ apiUrl, sources, signal }: Line, event: PlannedEvent, number: number): Promise<Try> => {
  const secret = sources[event.source]?.auth.secrets[0] ?? '';
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
