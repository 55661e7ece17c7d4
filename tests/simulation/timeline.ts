/** Returns `idle` if it resumed no asynchronous code, so that the timeline need not wait. */
type Happening = () => unknown;

type Entry = Readonly<{ at: number; order: number; what: Happening }>;

/** The scheduled steps of a story, in virtual time. Time jumps to the next step. */
export class Timeline {
  #now: number;
  #made = 0;
  readonly #heap: Entry[] = [];

  /** @param start in milliseconds since 1970 */
  constructor(start: number) {
    this.#now = start;
  }

  get now(): number {
    return this.#now;
  }

  /** @param delayMs from now, 0 or more */
  after(delayMs: number, what: Happening): void {
    this.#push({ at: this.#now + Math.max(0, delayMs), order: (this.#made += 1), what });
  }

  /**
   * Runs the next step, and all code that it resumes.
   *
   * @returns whether there was a step
   */
  async step(): Promise<boolean> {
    const next = this.#pop();
    if (next === undefined) return false;
    this.#now = next.at;
    if (next.what() !== 'idle') await settled();
    return true;
  }

  #push(entry: Entry): void {
    const heap = this.#heap;
    let index = heap.push(entry) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (isBefore(heap[parent]!, entry)) break;
      heap[index] = heap[parent]!;
      index = parent;
    }
    heap[index] = entry;
  }

  #pop(): Entry | undefined {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop();
    if (first === undefined || last === undefined || heap.length === 0) return first;
    let index = 0;
    for (;;) {
      let child = 2 * index + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && isBefore(heap[child + 1]!, heap[child]!)) child += 1;
      if (isBefore(last, heap[child]!)) break;
      heap[index] = heap[child]!;
      index = child;
    }
    heap[index] = last;
    return first;
  }
}

const isBefore = (a: Entry, b: Entry): boolean => a.at < b.at || (a.at === b.at && a.order < b.order);

/** Node.js runs all pending promise jobs before the next immediate. After it, all code waits for the timeline. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
