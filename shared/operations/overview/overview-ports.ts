import type { TaskEither } from 'fp-ts/TaskEither';
import type { EventRef } from '../../lead/event-ref';
import type { StoreFailure } from '../../ports/store-failure';
import type { SourceActivity } from '../../stored/source-activity';
import type { EventFacts } from './event-facts';

/** Why a part of the overview could not be read, and which permissions reading it needs. */
export type PartFailure = Readonly<{ failure: StoreFailure; rights: readonly string[] }>;

export type Part<A> = TaskEither<PartFailure, A>;

/** A part of a scan of the table. The segments of a scan are read in parallel. `from`: the `next` of the page before. */
export type ScanRequest = Readonly<{ segment: number; segments: number; from: unknown }>;

export type ScanPage = Readonly<{ events: readonly EventFacts[]; unreadable: number; next: unknown }>;

/** `isWhole`: whether these are all keys of the index, or only as many as were asked for. */
export type PendingKeys = Readonly<{ refs: readonly EventRef[]; isWhole: boolean }>;

export type QueueCount = Readonly<{ waiting: number; inFlight: number }>;

export type Queues = Readonly<{ delay: QueueCount; retry: QueueCount; dead: QueueCount }>;

export type QuarantineCount = Readonly<{
  bySource: ReadonlyMap<string, number>;
  byKind: Readonly<{ body: number; lead: number }>;
  oldestAt: string | undefined;
  isWhole: boolean;
}>;

export type SecretsMatched = Readonly<{ first: number; second: number; previous: number }>;

export type SenderCount = Readonly<{
  rejected: number;
  /** Absent if the source of the counts does not know it. */
  byReason?: Readonly<Record<string, number>>;
  secrets: SecretsMatched;
}>;

/** What was rejected, and which secrets matched. */
export type Senders = Readonly<{
  from: 'metrics' | 'log';
  rejectedByReason: Readonly<Record<string, number>>;
  bySource: ReadonlyMap<string, SenderCount>;
}>;

export type OverviewPorts = Readonly<{
  /** About how many items the table has, leads included. It reads no item. */
  countItems: Part<number>;
  /** Reads one page of at most 1 MB. */
  scanPage: (request: ScanRequest) => Part<ScanPage>;
  /** Reads the keys of pending events from the sparse index. @param most about how many keys are read at most */
  readPending: (most: number) => Part<PendingKeys>;
  /** Reads events by their keys. One that does not exist is absent, and one that cannot be decoded is `unreadable`. */
  readEvents: (refs: readonly EventRef[]) => Part<ReadonlyMap<string, EventFacts | 'unreadable'>>;
  readQueues: Part<Queues>;
  readQuarantine: Part<QuarantineCount>;
  readActivities: Part<readonly SourceActivity[]>;
  /** Rejections and matched secrets since a moment. */
  readSenders: (since: Date) => Part<Senders>;
}>;

/** The time, and waits that end early when the signal aborts. A wait never rejects. */
export type Clock = Readonly<{ now: () => Date; wait: (ms: number, signal: AbortSignal) => Promise<void> }>;
