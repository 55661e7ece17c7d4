/**
 * Works on each item of a list or a stream, with at most `most` calls at once. It reads an item only when a call is
 * free, so that memory does not grow with the number of items.
 *
 * @param isStopped is asked before each item. Calls in flight are always finished
 * @throws what `work` or the stream throws first, after the calls in flight have ended
 */
export const eachAtOnce = async <A>(
  most: number,
  items: Iterable<A> | AsyncIterable<A>,
  work: (item: A) => Promise<void>,
  isStopped: () => boolean = () => false,
): Promise<void> => {
  const iterator = Symbol.asyncIterator in items ? items[Symbol.asyncIterator]() : items[Symbol.iterator]();
  let hasFailed = false;
  // A generator queues calls of `next`, so that the workers can share it.
  const worker = async (): Promise<void> => {
    try {
      while (!hasFailed && !isStopped()) {
        const next = await iterator.next();
        if (next.done === true) return;
        await work(next.value);
      }
    } catch (error) {
      hasFailed = true;
      throw error;
    }
  };
  const ended = await Promise.allSettled(Array.from({ length: most }, worker));
  for (const result of ended) if (result.status === 'rejected') throw result.reason;
};
