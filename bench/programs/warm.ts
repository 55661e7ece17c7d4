// A container of a function that stays warm. Argument: the bundle.
import { serve } from '../rpc';
import { context } from './context';

type Handler = (event: unknown, context: object) => Promise<unknown>;

export type Invoked = Readonly<{
  /** CPU time of all invocations, in milliseconds. */
  cpu: number;
  /** Wall time of each invocation, in milliseconds. */
  walls: readonly number[];
}>;

// eslint-disable-next-line @typescript-eslint/no-require-imports -- the bundle is loaded as Lambda does it
const { handler } = require(process.argv[2] ?? '') as Readonly<{ handler: Handler }>;

const methods = {
  /** Invokes the function with each event, one after the other. */
  invoke: async (events: readonly unknown[]): Promise<Invoked> => {
    const walls: number[] = [];
    const before = process.cpuUsage();
    for (const event of events) {
      const started = performance.now();
      await handler(event, context());
      walls.push(performance.now() - started);
    }
    const { user, system } = process.cpuUsage(before);
    return { cpu: (user + system) / 1000, walls };
  },
};

export type WarmMethods = typeof methods;

serve(methods);
