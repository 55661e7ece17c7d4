import { spawn } from 'node:child_process';
import { dirname } from 'node:path';
import type { FunctionName } from '../../tests/support/bundle';
import type { Bench } from '../bench';
import { lambdaEnvironment } from '../environment';
import type { NodeProgram } from '../nodes';
import { remote, type Remote } from '../rpc';
import type { Invoked, WarmMethods } from './warm';

export type Warm = Readonly<{
  invoke: (events: readonly unknown[]) => Promise<Invoked>;
  stop: Remote<WarmMethods>['stop'];
}>;

/**
 * Starts a process with a function, as a container of Lambda. What the function logs is dropped.
 *
 * @param program the bundle of `warm.ts`
 * @param file the bundle of the function
 */
export const startWarm = (program: string, file: string, env: NodeJS.ProcessEnv, node: NodeProgram): Warm => {
  const child = spawn(node.program, [program, file], {
    cwd: dirname(file),
    env: { ...env, HOME: dirname(file) },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const { call, stop } = remote<WarmMethods>(child);
  return { invoke: (events) => call('invoke', events), stop };
};

/** Starts a process with the shipped bundle of a function, as `startWarm` does. Another process answers in place of AWS. */
export const startShipped = (
  { bundles }: Bench,
  program: string,
  name: FunctionName,
  endpoint: string,
  node: NodeProgram,
): Warm => {
  const file = bundles().find((bundle) => bundle.name === name)?.shipped ?? '';
  return startWarm(program, file, lambdaEnvironment(name, endpoint), node);
};
