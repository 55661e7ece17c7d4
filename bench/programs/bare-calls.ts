import type { FunctionName } from '../../tests/support/bundle';
import type { Call } from '../../tests/support/fake-aws';
import { type Aws, withAws } from '../aws/start';
import type { Answered } from '../aws/program';
import type { Bench } from '../bench';
import { lambdaEnvironment } from '../environment';
import { sources } from '../events';
import type { NodeProgram } from '../nodes';
import { bundleProgram } from './bundle-program';
import { startWarm, type Warm } from './start-warm';

/** The calls of one warm invocation. The calls of a wave were made at once, before the first of them was answered. */
export type Waves = readonly (readonly Answered[])[];

/** With this latency of each call, in milliseconds, the answers of two waves are further apart than those of one. */
const apartMs = 60;

/**
 * Records the calls of a warm invocation. The first invocation makes more.
 *
 * @param events two of them, which are invoked
 */
export const wavesOf = async (warm: Warm, aws: Aws, events: readonly unknown[]): Promise<Waves> => {
  await warm.invoke(events.slice(0, 1));
  await aws.call('setLatency', apartMs);
  await aws.call('record');
  await warm.invoke(events.slice(1, 2));
  const calls = await aws.call('recorded');
  await aws.call('setLatency', 0);
  if (calls.length === 0) throw new Error('The function made no call.');
  const waves: Answered[][] = [];
  let last = -Infinity;
  for (const call of calls) {
    if (call.at - last > apartMs / 2) waves.push([call]);
    else waves.at(-1)?.push(call);
    last = call.at;
  }
  return waves;
};

/** The calls of waves as the event of the bare program, at once or one after the other. */
export const atOnce = (waves: Waves): readonly (readonly Call[])[] => waves.map((wave) => wave.map(({ call }) => call));
export const inARow = (waves: Waves): readonly (readonly Call[])[] =>
  atOnce(waves).flatMap((wave) => wave.map((call) => [call]));

/** Runs `work` with a warm program that makes the calls and nothing else, and with what answers it. */
export const withBareCalls = <A>(
  { folder }: Bench,
  name: FunctionName,
  node: NodeProgram,
  waves: Waves,
  work: (bare: Warm, aws: Aws) => Promise<A>,
): Promise<A> =>
  withAws({ sources, replay: waves.flat() }, async (aws) => {
    const bare = startWarm(
      bundleProgram('programs/warm.ts', folder),
      bundleProgram('peers/bare-calls.ts', folder),
      lambdaEnvironment(name, aws.endpoint),
      node,
    );
    try {
      return await work(bare, aws);
    } finally {
      bare.stop();
    }
  });
