import * as RA from 'fp-ts/ReadonlyArray';
import { eventRefKey, type EventRef } from '../../lead/event-ref';
import type { CountState } from '../views/overview';
import { countEvents, type EventCounts } from './count-events';
import type { EventFacts } from './event-facts';
import { EventRows } from './event-rows';
import type { Clock, OverviewPorts, ScanPage } from './overview-ports';
import type { Parts } from './parts';

export type EventLimits = Readonly<{
  /** A table with more items than that is counted only on request. */
  items: number;
  /** More events are not held in any case. */
  rows: number;
  /** How many events that appeared or may have moved a poll reads at most. The next polls read the others. */
  reads: number;
  /** How many failed events a poll reads if no change of any is known, and at least. */
  failedReads: number;
}>;

const segments = 4;

/**
 * A pass over many events takes long. Its result is used again for so many times as long, but no longer than the most:
 * the clock of the machine can jump during a pass.
 */
const reuse = 10;
const mostReuseMs = 60_000;

/** Batches of 100 events that are read at the same time. */
const batchesAtOnce = 8;

type Counted = Readonly<{ state: CountState; about: number | undefined; at: Date | undefined; unreadable: number }>;

/**
 * The events of the table in memory. A count scans the table. A poll compares the events with the index of pending
 * events, and reads those that appear in it or have left it. It also reads failed events: an operator can redrive one, and
 * it can be mailed, between two polls, so that the index never shows it.
 */
export class EventModel {
  readonly rows = new EventRows();
  counted: Counted = { state: 'running', about: undefined, at: undefined, unreadable: 0 };
  #count = 0;
  #poll = 0;
  /** The rows at which the next poll goes on to look for events to read. */
  #next = { pending: 0, failed: 0 };
  /** How many rows the next polls look at for failed events, without the limit for those of which no change is known. */
  #toLook = 0;
  /** Events that a caller changed since the poll began: what the poll reads of them may be older. */
  readonly #applied = new Set<string>();
  #last: Readonly<{ counts: EventCounts; from: number; until: number }> | undefined;
  /** The counts that are running. */
  #running = 0;

  constructor(
    readonly ports: Pick<OverviewPorts, 'countItems' | 'scanPage' | 'readPending' | 'readEvents'>,
    readonly limits: EventLimits,
    readonly clock: Clock,
  ) {}

  get isCounting(): boolean {
    return this.#running > 0;
  }

  /** What is counted of the events. At most a tenth of the time is spent on counting, however often it is called. */
  counts(): EventCounts {
    const now = this.clock.now();
    // A clock that was set back makes the counts ones of the future.
    const isFresh = this.#last !== undefined && now.getTime() >= this.#last.from && now.getTime() < this.#last.until;
    if (this.#last !== undefined && isFresh) return this.#last.counts;
    const counts = countEvents(this.rows, now);
    const end = this.clock.now().getTime();
    const tookMs = Math.max(0, end - now.getTime());
    this.#last = { counts, from: end, until: end + Math.min(mostReuseMs, reuse * tookMs) };
    return counts;
  }

  /** Puts in what a caller knows to be newer than what the table had. */
  apply(facts: EventFacts): boolean {
    this.#applied.add(keyOf(facts));
    return this.#put(facts);
  }

  /**
   * Reads the failed events in the next two polls, or in as many as their limit takes: the caller may have changed some of
   * them. The second time finds a change that an eventually consistent read did not have.
   */
  lookAgain(): void {
    this.#toLook = 2 * this.rows.end;
  }

  /**
   * Counts all events by a scan.
   *
   * @param isAsked whether the operator asked for it, so that the number of items is no limit
   */
  async count(parts: Parts, signal: AbortSignal, isAsked: boolean, onChange: () => void): Promise<void> {
    this.#running += 1;
    try {
      await this.#countAll(parts, signal, isAsked, onChange);
    } finally {
      this.#running -= 1;
      // What was counted in the middle of the scan is not the count.
      this.#last = undefined;
      onChange();
    }
  }

  async #countAll(parts: Parts, signal: AbortSignal, isAsked: boolean, onChange: () => void): Promise<void> {
    const at = this.clock.now();
    this.#count += 1;
    const count = this.#count;
    const about = await parts.read('count', this.ports.countItems);
    if (about === undefined) return;
    this.counted = { ...this.counted, about };
    const most = isAsked ? this.limits.rows : Math.min(this.limits.items, this.limits.rows);
    if (!isAsked && about > most) {
      this.#limit();
      return;
    }
    if (this.counted.state === 'limited') this.counted = { ...this.counted, state: 'running' };
    let [unreadable, isTooMuch] = [0, false];
    const take = (page: ScanPage): boolean => {
      for (const facts of page.events) {
        // What a poll read since the count began may be newer than what the scan read.
        const known = this.rows.find(keyOf(facts));
        if (known === undefined || this.rows.mark(known) !== count) this.rows.put(facts, count);
      }
      unreadable += page.unreadable;
      isTooMuch ||= this.rows.size > most;
      onChange();
      return !isTooMuch;
    };
    const ends = await Promise.all(RA.makeBy(segments, (segment) => this.#scan(parts, segment, signal, take)));
    if (isTooMuch) this.#limit();
    else if (ends.every((isWhole) => isWhole)) {
      this.#removeUnmarked(count);
      this.counted = { ...this.counted, state: 'complete', at, unreadable };
    }
  }

  /** @returns whether the whole segment was read */
  async #scan(parts: Parts, segment: number, signal: AbortSignal, take: (page: ScanPage) => boolean): Promise<boolean> {
    let from: unknown;
    do {
      const page = await parts.read('count', this.ports.scanPage({ segment, segments, from }));
      if (page === undefined || signal.aborted || !take(page)) return false;
      from = page.next;
    } while (from !== undefined);
    return true;
  }

  /** Forgets the events: after a scan that did not end, their numbers say nothing. Polls bring back the pending ones. */
  #limit(): void {
    this.rows.clear();
    this.counted = { ...this.counted, state: 'limited', at: undefined };
  }

  /** Events that the scan did not find have been deleted. */
  #removeUnmarked(count: number): void {
    for (let row = 0; row < this.rows.end; row += 1)
      if (this.rows.has(row) && this.rows.mark(row) !== count) this.rows.removeRow(row);
  }

  /**
   * Follows the index of pending events once.
   *
   * @returns whether anything changed; `undefined` if the model was stopped
   */
  async poll(parts: Parts): Promise<boolean | undefined> {
    this.#applied.clear();
    const pending = await parts.read('events', this.ports.readPending(this.limits.rows));
    if (pending === undefined) return undefined;
    this.#poll += 1;
    const appeared = pending.refs.filter((ref) => {
      const row = this.rows.find(eventRefKey(ref));
      if (row === undefined || !this.rows.isPending(row)) return true;
      this.rows.setPolled(row, this.#poll);
      return false;
    });
    const first = appeared.slice(0, this.limits.reads);
    const moved = this.#moved(pending.isWhole, this.limits.reads - first.length);
    const failed = this.#failed(this.limits.reads - first.length - moved.length);
    const isDropped = this.#dropExpired();
    const isChanged = await this.#read(parts, [...first, ...moved]);
    if (isChanged === undefined) return undefined;
    const hasFailedChanged = await this.#read(parts, failed);
    if (hasFailedChanged === undefined) return undefined;
    // An operator who redrives or discards one failed event often does so with many.
    if (hasFailedChanged) this.lookAgain();
    // A command that reads the overview once waits for the first poll, and must see what it found.
    if (this.#poll === 1) this.#last = undefined;
    return isChanged || hasFailedChanged || isDropped;
  }

  /**
   * Pending events that may have changed: those that have left the index, and those that are due or claimed, because a
   * claim does not change the index.
   *
   * @param isWhole whether the poll read all keys of the index
   */
  #moved(isWhole: boolean, most: number): readonly EventRef[] {
    const now = this.clock.now().getTime();
    return this.#inTurn('pending', most, (row) => {
      if (!this.rows.isPending(row)) return false;
      const hasLeft = isWhole && this.rows.polled(row) !== this.#poll;
      return hasLeft || this.rows.isClaimed(row) || !(this.rows.due(row) > now);
    });
  }

  /** Failed events: a few at each poll, also while many others are read, and more if some may have changed. */
  #failed(left: number): readonly EventRef[] {
    const { failedReads } = this.limits;
    return this.#inTurn('failed', this.#toLook > 0 ? Math.max(left, failedReads) : failedReads, (row) =>
      this.rows.isFailed(row),
    );
  }

  /** The events of some rows. Each poll goes on where the one before ended, so that none waits forever. */
  #inTurn(turn: 'pending' | 'failed', most: number, isWanted: (row: number) => boolean): readonly EventRef[] {
    const wanted: EventRef[] = [];
    const { end } = this.rows;
    const from = this.#next[turn];
    let looked = 0;
    for (; looked < end && wanted.length < most; looked += 1) {
      const row = (from + looked) % end;
      if (this.rows.has(row) && isWanted(row)) wanted.push(this.rows.ref(row));
    }
    this.#next[turn] = end === 0 ? 0 : (from + looked) % end;
    if (turn === 'failed') this.#toLook = Math.max(0, this.#toLook - looked);
    return wanted;
  }

  async #read(parts: Parts, refs: readonly EventRef[]): Promise<boolean | undefined> {
    let isChanged = false;
    // BatchGetItem takes at most 100 keys.
    for (const chunk of RA.chunksOf(100 * batchesAtOnce)(refs)) {
      const answers = await Promise.all(
        RA.chunksOf(100)(chunk).map(async (batch) => ({
          batch,
          events: await parts.read('events', this.ports.readEvents(batch)),
        })),
      );
      for (const { batch, events } of answers) {
        if (events === undefined) return undefined;
        for (const ref of batch) isChanged = this.#take(ref, events.get(eventRefKey(ref))) || isChanged;
      }
    }
    return isChanged;
  }

  #take(ref: EventRef, facts: EventFacts | 'unreadable' | undefined): boolean {
    if (this.#applied.has(eventRefKey(ref))) return false;
    if (facts === undefined) return this.rows.remove(eventRefKey(ref));
    return facts !== 'unreadable' && this.#put(facts);
  }

  #put(facts: EventFacts): boolean {
    // A deletion by DynamoDB comes up to some days after the expiry.
    if (facts.expires_at !== undefined && facts.expires_at <= this.clock.now().getTime() / 1000)
      return this.rows.remove(keyOf(facts));
    const isKnown = this.rows.find(keyOf(facts)) !== undefined;
    // Without a count the model holds pending events only.
    const isFollowed = this.counted.state !== 'limited' || facts.state === 'RECEIVED' || facts.state === 'CLAIMED';
    if (!isFollowed) return this.rows.remove(keyOf(facts));
    if (!isKnown && this.rows.size >= this.limits.rows) return false;
    return this.rows.put(facts, this.#count);
  }

  #dropExpired(): boolean {
    const now = this.clock.now().getTime() / 1000;
    let isDropped = false;
    for (let row = 0; row < this.rows.end; row += 1)
      if (this.rows.has(row) && this.rows.isExpired(row, now)) {
        this.rows.removeRow(row);
        isDropped = true;
      }
    return isDropped;
  }
}

const keyOf = ({ lead_id, event_id }: EventFacts): string => eventRefKey({ leadId: lead_id, eventId: event_id });
