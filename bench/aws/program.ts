// AWS for the measured programs: a process of its own, so that its CPU time is not theirs.
import { countingAws } from '../../tests/support/counting-aws';
import type { Call, Reply } from '../../tests/support/fake-aws';
import { serve } from '../rpc';

/** A call that was answered, its answer, and when, in milliseconds of the clock of this process. */
export type Answered = Readonly<{ call: Call; reply: Reply; at: number }>;

/** How the process answers. */
export type Start = Readonly<{
  /** What the sources secret has. */
  sources: Readonly<Record<string, unknown>>;
  /**
   * Answers the calls of each operation in this order, again and again, instead of keeping what is written. The order of
   * different operations does not matter, because calls that are made at once arrive in any order.
   */
  replay?: readonly Answered[];
}>;

const owner: Reply = { body: { owner_name: 'Bob Builder', owner_email: 'bob@example.com' } };

/** `setTimeout` may be a millisecond late. The last part of the time is therefore spent in the event loop. */
const until = async (due: number): Promise<void> => {
  for (let left = due - performance.now(); left > 0; left = due - performance.now()) {
    await new Promise<void>((resolve) => {
      if (left > 2) setTimeout(resolve, left - 2);
      else setImmediate(resolve);
    });
  }
};

/** The next answer to a call of an operation. */
const repliesOf = (replay: readonly Answered[]): ((operation: string) => Reply | undefined) => {
  const turns = new Map<string, number>();
  return (operation) => {
    const all = replay.filter(({ call }) => call.operation === operation);
    const turn = turns.get(operation) ?? 0;
    turns.set(operation, turn + 1);
    return all[turn % all.length]?.reply;
  };
};

let latency = 0;
let answered: Answered[] | undefined;

const methods = {
  start: async ({ sources, replay }: Start): Promise<string> => {
    const replies = repliesOf(replay ?? []);
    const { endpoint, server } = await countingAws(sources, {
      latency: () => (latency === 0 ? Promise.resolve() : until(performance.now() + latency)),
      reply: (call) => {
        if (replay !== undefined) return replies(call.operation);
        return call.operation.startsWith('GET /LookupBucket/') ? owner : undefined;
      },
      onReply: (call, reply) => answered?.push({ call, reply, at: performance.now() }),
    });
    // A measured program may be idle for longer than the default of 5 s.
    server.keepAliveTimeout = 0;
    return endpoint;
  },
  /** @param ms the time from the arrival of a call to its answer, from now on */
  setLatency: (ms: number): void => void (latency = ms),
  record: (): void => void (answered = []),
  /** The calls since `record`. */
  recorded: (): readonly Answered[] => {
    const all = answered ?? [];
    answered = undefined;
    return all;
  },
};

export type AwsMethods = typeof methods;

serve(methods);
