import type { ConsolePorts } from '../../../../console/server/ports';
import type { Pipeline } from '../../../../console/server/pipeline';
import type { Overview } from '../../../../shared/operations/views/overview';
import { problemOf } from './asking';
import { leadDouble } from './lead-double';

/** An overview of an empty pipeline. */
export const emptyOverview: Overview = {
  at: '2026-11-26T14:32:00.000Z',
  stale_since: null,
  troubles: [],
  counted: { state: 'complete', events: 0, about: 0, limit: 100, at: null, is_counting: false, unreadable: 0 },
  events: { RECEIVED: 0, CLAIMED: 0, NOTIFIED: 0, FAILED: 0, DISCARDED: 0 },
  hours: [],
  days: [],
  due_to_mailed: null,
  delay_queue: { waiting: 0, in_flight: 0, next_due_at: null, oldest_due_at: null },
  retry_queue: { waiting: 0, in_flight: 0 },
  dead_letters: { waiting: 0, hidden: 0, oldest_failed_at: null, by_reason: {} },
  quarantine: null,
  rejected_by_reason: null,
  senders_read_from: null,
  sources: [],
};

/** A pipeline whose overview the test changes. */
export const pipelineDouble = () => {
  let latest = emptyOverview;
  let computed = 0;
  const listeners = new Set<() => void>();
  const pipeline: Pipeline = {
    start: () => undefined,
    stop: () => Promise.resolve(),
    overview: () => {
      computed += 1;
      return latest;
    },
    findEvents: leadDouble([]).findEvents,
    apply: () => undefined,
    lookAgain: () => undefined,
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    recount: () => undefined,
  };
  const become = (change: Partial<Overview>): void => {
    latest = { ...latest, ...change };
    for (const listener of listeners) listener();
  };
  return { pipeline, become, listeners, computed: () => computed };
};

/** Ports of a console without a stack: its routes that need one fail. */
export const portsDouble = (change: Partial<ConsolePorts> = {}): ConsolePorts => ({
  stackName: 'crm-ingestion-dev',
  region: 'eu-north-1',
  by: 'user test',
  isLocal: true,
  version: '0.0.0',
  startedBy: 'leadline console',
  stack: { deadLetters: { queue: {} } } as ConsolePorts['stack'],
  sources: {} as ConsolePorts['sources'],
  pipeline: pipelineDouble().pipeline,
  problemOf,
  now: () => new Date('2026-11-26T14:32:00.000Z'),
  ...change,
});
