import type { LogLine } from './log-line';

/** The most lines that wait. The oldest half of more lines is released, although older ones could still come. */
export const mostWaiting = 50_000;

/** Holds lines back until no older line is expected, so that they leave in the order of their times. */
export class LineOrder {
  #waiting: LogLine[] = [];

  add(line: LogLine): void {
    this.#waiting.push(line);
  }

  /** Takes the lines before a time, oldest first. Of the same time, the one that was added first is first. */
  release(before: number): readonly LogLine[] {
    this.#waiting.sort((a, b) => a.time - b.time);
    const excess = this.#waiting.length > mostWaiting ? Math.ceil(this.#waiting.length / 2) : 0;
    const next = this.#waiting.findIndex(({ time }) => time >= before);
    return this.#waiting.splice(0, Math.max(excess, next === -1 ? this.#waiting.length : next));
  }
}
