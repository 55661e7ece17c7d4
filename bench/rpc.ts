import type { ChildProcess } from 'node:child_process';

/* eslint-disable @typescript-eslint/no-explicit-any -- the type of a function with any arguments */
type Methods = Readonly<Record<string, (...args: any[]) => unknown>>;
/* eslint-enable @typescript-eslint/no-explicit-any */

type Request = Readonly<{ id: number; method: string; args: unknown[] }>;
type Response = Readonly<{ id: number; result?: unknown; error?: string }>;

/** Answers the calls of the process that started this one. This process ends with that one. */
export const serve = (methods: Methods): void => {
  process.on('disconnect', () => process.exit());
  process.on('message', ({ id, method, args }: Request) => {
    const respond = (response: Omit<Response, 'id'>): void => void process.send?.({ id, ...response });
    void Promise.resolve()
      .then(() => methods[method]?.(...args))
      .then(
        (result) => respond({ result }),
        (error: unknown) => respond({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
      );
  });
};

/** A process that this one started. Its methods are those that it gave to `serve`. */
export type Remote<M extends Methods> = Readonly<{
  call: <Name extends keyof M & string>(
    method: Name,
    ...args: Parameters<M[Name]>
  ) => Promise<Awaited<ReturnType<M[Name]>>>;
  stop: () => void;
}>;

/**
 * Calls the methods of a child process.
 *
 * @param child has an IPC channel
 */
export const remote = <M extends Methods>(child: ChildProcess): Remote<M> => {
  const waiting = new Map<number, (response: Response) => void>();
  let last = 0;
  child.on('message', (response: Response) => {
    waiting.get(response.id)?.(response);
    waiting.delete(response.id);
  });
  let errors = '';
  child.stderr?.on('data', (chunk: Buffer) => (errors = (errors + chunk.toString()).slice(-2_000)));
  child.on('close', (code, signal) => {
    const error = `the process ended with ${code ?? signal ?? 'no code'}:\n${errors}`;
    for (const [id, end] of waiting) end({ id, error });
    waiting.clear();
  });
  return {
    call: (method, ...args) =>
      new Promise((resolve, reject) => {
        const id = (last += 1);
        waiting.set(id, ({ result, error }) => {
          if (error === undefined) resolve(result as never);
          else reject(new Error(`${method}: ${error}`));
        });
        child.send({ id, method, args } satisfies Request);
      }),
    stop: () => void child.kill(),
  };
};
