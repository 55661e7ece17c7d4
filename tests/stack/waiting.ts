/** Maps a list with an asynchronous function, with at most `most` calls at once. */
export const atOnce = async <A, B>(
  most: number,
  list: readonly A[],
  each: (item: A) => Promise<B>,
): Promise<readonly B[]> => {
  const results: B[] = [];
  const rest = [...list.entries()];
  const worker = async (): Promise<void> => {
    for (let next = rest.shift(); next !== undefined; next = rest.shift()) results[next[0]] = await each(next[1]);
  };
  await Promise.all(Array.from({ length: most }, worker));
  return results;
};

let counter = 0;

/** A lead id that no other test uses. */
export const newLeadId = (): string => `T${process.pid}-${(counter += 1)}-${Math.random().toString(36).slice(2, 7)}`;

/**
 * Calls `look` until it finds something.
 *
 * @param look returns `undefined` as long as it has found nothing
 * @throws an Error that names `what` after `seconds`
 */
export const eventually = async <A>(what: string, look: () => Promise<A | undefined>, seconds = 60): Promise<A> => {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > deadline) throw new Error(`Not within ${seconds} s: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
};

/**
 * Sends a request until a container answers that knows its source. A container reads the sources again after at most
 * 30 s, and answers 401 for one that is newer than its copy.
 */
export const onceKnown = <A extends Readonly<{ status: number }>>(send: () => Promise<A>, seconds = 60): Promise<A> =>
  eventually(
    'an answer of a container that knows the source',
    async () => {
      const answer = await send();
      return answer.status === 401 ? undefined : answer;
    },
    seconds,
  );
