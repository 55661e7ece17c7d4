import { Interrupted } from '../../shared/operations/interrupted';
import { operator, type OperatorStack } from './functions';
import type { World } from './world';

/** The ports of a command that nobody watches, interrupts or slows down. */
export const command = {
  onProgress: () => undefined,
  isInterrupted: () => false,
  pace: () => Promise.resolve(),
} as const;

/** What `leadline rebuild` is called in a trace. */
export const rebuilds = 'rebuilds';

/**
 * Runs a command of `leadline`, as a worker that may have faults and die. Only `rebuild` has a use for a table that no
 * function uses yet.
 */
export const runCommand = (world: World, what: string, work: (stack: OperatorStack) => Promise<void>): void => {
  if (world.loss.isUnused && what !== rebuilds) return;
  const isCalm = !world.isStormy;
  const worker = world.worker('operator', () => undefined);
  world.say(() => `${worker.name} ${what}`);
  const onError = (_: unknown, error: unknown): void => {
    world.say(() => `${worker.name} gets an error: ${String(error)}`);
    world.count(error instanceof Interrupted ? 'commands interrupted' : 'commands failed');
    if (isCalm) world.journal.violate(`an operator's command failed after the storm: ${String(error)}`);
  };
  const stack = operator(world.container(worker), world.scenario.settings, world.variant);
  world.invoked(worker, work(stack), () => undefined, onError);
};
