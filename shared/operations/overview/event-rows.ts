import { failureReason, type FailureReason } from '../../lead/failure-reason';
import { eventRef, eventRefKey, type EventRef } from '../../lead/event-ref';
import type { LeadId } from '../../lead/lead-id';
import { eventState, type EventState } from '../../stored/event-state';
import type { EventFacts } from './event-facts';
import type { FoundEvent } from '../views/overview';

const states = Object.keys(eventState.keys) as readonly EventState[];
const reasons = Object.keys(failureReason.keys) as readonly FailureReason[];

/** An event as the rows have it. Times are milliseconds since 1970, NaN if there is none. */
export type Row = Readonly<{
  state: EventState;
  source: string;
  reason: FailureReason | undefined;
  received: number;
  due: number;
  notified: number;
  failed: number;
  /** Whether an operator redrove or replayed it, so that its time from due to mailed says nothing about the pipeline. */
  isRepeated: boolean;
}>;

/** The columns of all rows. A row is an index into each of them. */
const columnsOf = (capacity: number) => ({
  /** Index into `states` plus 1. 0: no event. */
  state: new Uint8Array(capacity),
  /** Index into `reasons` plus 1. 0: no reason. */
  reason: new Uint8Array(capacity),
  isRepeated: new Uint8Array(capacity),
  /** Index into the names of sources. */
  source: new Uint32Array(capacity),
  /** Seconds since 1970. */
  expires: new Uint32Array(capacity),
  /** The count in which the row was last written. */
  mark: new Uint32Array(capacity),
  /** The poll that last found the event in the index of pending events. */
  polled: new Uint32Array(capacity),
  received: new Float64Array(capacity),
  due: new Float64Array(capacity),
  notified: new Float64Array(capacity),
  failed: new Float64Array(capacity),
});

type Columns = ReturnType<typeof columnsOf>;

const never = 0xffff_ffff;

/** So many new rows are put in order at once, so that no single call blocks the process for long. */
const mostUnordered = 50_000;

/**
 * Events in memory, in columns: about 240 bytes each, most of them for the key and its place in the map. A row number is
 * valid until its event is removed.
 */
export class EventRows {
  #columns: Columns = columnsOf(1024);
  readonly #rows = new Map<string, number>();
  #keys: string[] = [];
  readonly #sources: string[] = [];
  readonly #sourceIndex = new Map<string, number>();
  #free: number[] = [];
  /** Rows by receipt, oldest first. Rows that were removed since are in it until the next `#settle`. */
  #order = new Uint32Array(0);
  #added: number[] = [];
  #removed: number[] = [];

  get size(): number {
    return this.#rows.size;
  }

  /** One more than the highest row. */
  get end(): number {
    return this.#keys.length;
  }

  find(key: string): number | undefined {
    return this.#rows.get(key);
  }

  /** Whether a row has an event. */
  has(row: number): boolean {
    return this.#columns.state[row] !== 0;
  }

  isPending(row: number): boolean {
    const state = this.#state(row);
    return state === 'RECEIVED' || state === 'CLAIMED';
  }

  isClaimed(row: number): boolean {
    return this.#state(row) === 'CLAIMED';
  }

  isFailed(row: number): boolean {
    return this.#state(row) === 'FAILED';
  }

  /** Milliseconds since 1970; NaN if no message of it was queued. */
  due(row: number): number {
    return this.#columns.due[row] ?? NaN;
  }

  /** @param seconds since 1970 */
  isExpired(row: number, seconds: number): boolean {
    return (this.#columns.expires[row] ?? never) <= seconds;
  }

  mark(row: number): number {
    return this.#columns.mark[row] ?? 0;
  }

  polled(row: number): number {
    return this.#columns.polled[row] ?? 0;
  }

  setPolled(row: number, poll: number): void {
    this.#columns.polled[row] = poll;
  }

  ref(row: number): EventRef {
    return refOfKey(this.#keys[row] ?? '');
  }

  read(row: number): Row {
    const c = this.#columns;
    return {
      state: this.#state(row) ?? 'RECEIVED',
      source: this.#sources[c.source[row] ?? 0] ?? '',
      reason: reasons[(c.reason[row] ?? 0) - 1],
      received: c.received[row] ?? NaN,
      due: c.due[row] ?? NaN,
      notified: c.notified[row] ?? NaN,
      failed: c.failed[row] ?? NaN,
      isRepeated: c.isRepeated[row] === 1,
    };
  }

  /**
   * Adds an event, or replaces what is known of it.
   *
   * @param mark the count in which it was read
   * @returns whether that changed anything
   */
  put(facts: EventFacts, mark: number): boolean {
    const key = eventRefKey(eventRef(facts));
    const received = Date.parse(facts.received_at);
    const existing = this.#rows.get(key);
    // An event that expired and was received anew has another place in the order.
    if (existing !== undefined && this.#columns.received[existing] !== received) this.remove(key);
    const known = this.#rows.get(key);
    const row = known ?? this.#add(key, received);
    return this.#write(row, facts, mark) || known === undefined;
  }

  /** @returns whether it was there */
  remove(key: string): boolean {
    const row = this.#rows.get(key);
    if (row === undefined) return false;
    this.#rows.delete(key);
    this.#keys[row] = '';
    this.#columns.state[row] = 0;
    this.#removed.push(row);
    if (this.#removed.length >= mostUnordered) this.#settle();
    return true;
  }

  removeRow(row: number): void {
    this.remove(this.#keys[row] ?? '');
  }

  clear(): void {
    this.#columns = columnsOf(1024);
    this.#rows.clear();
    this.#keys = [];
    this.#free = [];
    this.#order = new Uint32Array(0);
    this.#added = [];
    this.#removed = [];
  }

  /**
   * The rows received before a place in the order, newest first. Changing the rows ends the iteration's validity.
   *
   * @param before a time of receipt in milliseconds, and a key that decides among events of the same time
   */
  *newestFirst(before?: Readonly<{ received: number; key: string }>): Generator<number> {
    this.#settle();
    const order = this.#order;
    for (let place = before === undefined ? order.length : this.#placeOf(before); place > 0; place -= 1)
      yield order[place - 1] ?? 0;
  }

  /** A row as a search shows it. */
  found(row: number): FoundEvent {
    const { leadId, eventId } = this.ref(row);
    const { state, source, reason, received, due, notified, failed } = this.read(row);
    return {
      lead_id: leadId,
      event_id: eventId,
      source,
      state,
      reason: reason ?? null,
      received_at: new Date(received).toISOString(),
      due_at: timeText(due),
      notified_at: timeText(notified),
      failed_at: timeText(failed),
    };
  }

  key(row: number): string {
    return this.#keys[row] ?? '';
  }

  #state(row: number): EventState | undefined {
    return states[(this.#columns.state[row] ?? 0) - 1];
  }

  #add(key: string, received: number): number {
    const row = this.#free.pop() ?? this.#keys.length;
    if (row >= this.#columns.state.length) this.#grow();
    this.#rows.set(key, row);
    this.#keys[row] = key;
    this.#columns.received[row] = received;
    this.#columns.polled[row] = 0;
    this.#columns.expires[row] = never;
    this.#added.push(row);
    if (this.#added.length >= mostUnordered) {
      // The row must count as present, or it would be left out of the order.
      this.#columns.state[row] = 1;
      this.#settle();
    }
    return row;
  }

  #write(row: number, facts: EventFacts, mark: number): boolean {
    const c = this.#columns;
    c.mark[row] = mark;
    if (facts.expires_at !== undefined) c.expires[row] = Math.min(never, Math.max(0, facts.expires_at));
    const reason = reasonOf(facts);
    const next = {
      state: states.indexOf(facts.state) + 1,
      reason: reason === undefined ? 0 : reasons.indexOf(reason) + 1,
      isRepeated: facts.redriven_at === undefined && facts.replayed_at === undefined ? 0 : 1,
      source: this.#sourceOf(facts.source),
      due: timeOf(facts.due_at),
      notified: timeOf(facts.notified_at),
      failed: timeOf(facts.failed_at),
    };
    const names = Object.keys(next) as (keyof typeof next)[];
    const isChanged = names.some((name) => !Object.is(c[name][row], next[name]));
    for (const name of names) c[name][row] = next[name];
    return isChanged;
  }

  #sourceOf(name: string): number {
    const known = this.#sourceIndex.get(name);
    if (known !== undefined) return known;
    this.#sources.push(name);
    this.#sourceIndex.set(name, this.#sources.length - 1);
    return this.#sources.length - 1;
  }

  #grow(): void {
    const grown = columnsOf(this.#columns.state.length * 2);
    for (const name of Object.keys(grown) as (keyof Columns)[]) grown[name].set(this.#columns[name]);
    this.#columns = grown;
  }

  /** Takes removed rows out of the order, and puts new ones in. Each is linear, except sorting the new ones. */
  #settle(): void {
    if (this.#added.length === 0 && this.#removed.length === 0) return;
    const removed = new Set(this.#removed);
    const old = removed.size === 0 ? this.#order : this.#order.filter((row) => !removed.has(row));
    const added = Uint32Array.from(this.#added.filter((row) => !removed.has(row))).sort((a, b) => this.#compare(a, b));
    this.#order = this.#merge(old, added);
    for (const row of removed) this.#free.push(row);
    this.#added = [];
    this.#removed = [];
  }

  #merge(one: Uint32Array, other: Uint32Array): Uint32Array<ArrayBuffer> {
    const merged = new Uint32Array(one.length + other.length);
    let [i, j] = [0, 0];
    for (let place = 0; place < merged.length; place += 1) {
      const [a, b] = [one[i], other[j]];
      const takesOther = a === undefined || (b !== undefined && this.#compare(b, a) < 0);
      merged[place] = (takesOther ? b : a) ?? 0;
      if (takesOther) j += 1;
      else i += 1;
    }
    return merged;
  }

  #compare(a: number, b: number): number {
    const { received } = this.#columns;
    return (received[a] ?? 0) - (received[b] ?? 0) || compareTexts(this.#keys[a] ?? '', this.#keys[b] ?? '');
  }

  /** How many rows of the order come before a place: a binary search. */
  #placeOf({ received, key }: Readonly<{ received: number; key: string }>): number {
    let [low, high] = [0, this.#order.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      const row = this.#order[middle] ?? 0;
      const difference = (this.#columns.received[row] ?? 0) - received || compareTexts(this.#keys[row] ?? '', key);
      if (difference < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** Why the event failed, or why its latest attempt did. The reason of an event that was mailed after all is history. */
const reasonOf = ({ state, reason, failed_reason }: EventFacts): FailureReason | undefined => {
  switch (state) {
    case 'NOTIFIED':
      return undefined;
    case 'FAILED':
    case 'DISCARDED':
      return failed_reason ?? reason;
    case 'RECEIVED':
    case 'CLAIMED':
      return reason;
  }
};

/** The reference of an `eventRefKey`. A lead id has no slash. */
const refOfKey = (key: string): EventRef => {
  const slash = key.indexOf('/');
  return { leadId: key.slice(0, slash) as LeadId, eventId: key.slice(slash + 1) };
};

const timeOf = (text: string | undefined): number => (text === undefined ? NaN : Date.parse(text));

const timeText = (time: number): string | null => (Number.isNaN(time) ? null : new Date(time).toISOString());

const compareTexts = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
