import type { QuarantinedObject } from '../../stored/quarantined-object';
import type { QuarantineEvents, QuarantineItem } from '../../stored/quarantine-item';

/** Identifies a quarantined request. */
export type QuarantineRef = Readonly<{ source: string; id: string }>;

/** The quarantine as operators use it. */
export type QuarantineStore = Readonly<{
  /** The sources that have requests there, also those that are no longer configured. */
  sources: () => Promise<readonly string[]>;
  /**
   * The items of a source.
   *
   * @param idPrefix only items whose id begins with it
   */
  items: (source: string, idPrefix?: string) => Promise<QuarantineItems>;
  /** Reads an item again, as the latest write left it. `undefined` if it is gone, or cannot be decoded. */
  item: (ref: QuarantineRef) => Promise<QuarantineItem | undefined>;
  /** Reads what the sender sent. */
  request: (item: QuarantineItem) => Promise<QuarantinedObject | 'missing' | 'unreadable'>;
  /**
   * Records that each lead of a request has its event. A request that another operator has discarded meanwhile becomes
   * REVALIDATED, too: its events exist.
   *
   * @returns `by-another` if another operator recorded it before
   */
  finish: (item: QuarantineItem, events: QuarantineEvents) => Promise<'revalidated' | 'by-another'>;
  /**
   * Discards a request in state QUARANTINED.
   *
   * @returns `undefined` if it did; the item as it is if it is in another state; `gone` if it has expired
   */
  discard: (item: QuarantineItem, reason: string) => Promise<QuarantineItem | 'gone' | undefined>;
}>;

/** `unreadable`: the ids of items that cannot be decoded. */
export type QuarantineItems = Readonly<{ items: readonly QuarantineItem[]; unreadable: readonly string[] }>;
