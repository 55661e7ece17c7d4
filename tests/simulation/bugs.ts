import type { Random } from './random';

export type FunctionName = 'ingestion' | 'enrichment' | 'reconciliation';

/**
 * When an error in the deployed code shows: while a port builds its task, when the task starts, as its rejection, or
 * after its effect.
 */
export const bugMoments = ['while-building', 'at-start', 'as-rejection', 'after-effect'] as const;

/** An error in the deployed code, in one port of one function, until an operator deploys a correction. */
export type Bug = Readonly<{
  at: FunctionName;
  port: string;
  moment: (typeof bugMoments)[number];
  /** The lead for which the error shows. It also shows in calls that name no lead. */
  leadId: string;
}>;

const portsOf: Readonly<Record<FunctionName, readonly string[]>> = {
  ingestion: ['recordEvent', 'queueAgain', 'noteQueuedAgain', 'storeRaw', 'saveLead', 'enqueue', 'readSources'],
  enrichment: [
    'readRaw',
    'findRecords',
    'readOwner',
    'noteRetry',
    'claimEvent',
    'storeEnriched',
    'saveEnrichedLead',
    'sendMail',
    'markNotified',
    'recordFailure',
    'endRefresh',
    'postpone',
    'resend',
    'setAside',
  ],
  reconciliation: ['findPending', 'readQueueLoad', 'enqueue', 'markRequeued', 'giveUp'],
};

export const bugFrom = (random: Random, leads: readonly string[]): Bug => {
  const at = random.pick(['ingestion', 'enrichment', 'enrichment', 'reconciliation'] as const);
  return { at, port: random.pick(portsOf[at]), moment: random.pick(bugMoments), leadId: random.pick(leads) };
};

/** Called before each call of a port. Returns whether the bug shows in it. */
export type ShowsBug = (port: string, about: string) => boolean;

/**
 * Returns the ports with a bug in one of them.
 */
export const withBug = <Ports extends object>(ports: Ports, bug: Bug | undefined, shows: ShowsBug): Ports => {
  if (bug === undefined || !isPortOf(ports, bug.port)) return ports;
  const port = (ports as Readonly<Record<string, unknown>>)[bug.port] as Callable;
  const error = (): TypeError => new TypeError(`an error of this code in ${bug.port}`);
  const buggy = (task: () => unknown, isShown: boolean) => (): unknown => {
    if (!isShown) return task();
    switch (bug.moment) {
      case 'while-building':
      case 'at-start':
        throw error();
      case 'as-rejection':
        return Promise.reject(error());
      case 'after-effect':
        return Promise.resolve(task()).then(() => Promise.reject(error()));
    }
  };
  return {
    ...ports,
    [bug.port]: (...args: readonly unknown[]): unknown => {
      const isShown = shows(bug.port, aboutOf(args));
      if (isTask(bug.port)) return buggy(() => port(), isShown)();
      if (isShown && bug.moment === 'while-building') throw error();
      return buggy(port(...args) as () => unknown, isShown);
    },
  };
};

/** Whether the port is a task, not a function that returns one. */
const isTask = (port: string): boolean => port === 'readQueueLoad';

type Callable = (...args: readonly unknown[]) => unknown;

const isPortOf = (ports: object, name: string): boolean =>
  typeof (ports as Readonly<Record<string, unknown>>)[name] === 'function';

const aboutOf = (args: readonly unknown[]): string => JSON.stringify(args);
