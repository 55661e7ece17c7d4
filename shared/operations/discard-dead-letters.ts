import type { EventRef } from '../lead/event-ref';
import type { EventItem } from '../stored/event-item';
import type { Choice } from './choose-dead-letters';
import { type DeadLetter, isRefresh, recordedEventOf } from './dead-letter';
import { type DeadLetterPorts, type Process, processDeadLetters, type ProcessingReport } from './process-dead-letters';
import { withProgressReport } from './unfinished';

export type DiscardPorts = DeadLetterPorts &
  Readonly<{
    /**
     * Discards an event in state FAILED.
     *
     * @returns `undefined` if it did; the event as it is if it is in another state; `unreadable` if that is not known
     */
    discard: (event: EventRef, reason: string) => Promise<EventItem | 'unreadable' | undefined>;
    /** Records that a refresh ended without success, so that an operator can ask for another one. */
    giveUpRefresh: (event: EventRef) => Promise<void>;
  }>;

/**
 * What became of a chosen dead letter.
 *
 * - `discarded`: its event was discarded and its message removed.
 * - `message-only`: its message was removed. It has no recorded event, or it asked for a refresh.
 * - `stale`: its message was removed. Its event had been notified or discarded before.
 * - `moved`: nothing changed, because the pipeline is working on its event.
 * - `unreadable`: nothing changed, because the record of its event cannot be decoded.
 */
export type DiscardOutcome = 'discarded' | 'message-only' | 'stale' | 'moved' | 'unreadable';

export type DiscardedDeadLetter = DeadLetter & Readonly<{ outcome: DiscardOutcome }>;

export type DiscardReport = ProcessingReport & Readonly<{ outcomes: readonly DiscardedDeadLetter[] }>;

/** Whether a discard left the dead letter in the queue. */
export const isUnchanged = (outcome: DiscardOutcome): boolean => outcome === 'moved' || outcome === 'unreadable';

/**
 * Removes the chosen dead letters for good. An event is discarded before its message is removed, so that a discard that
 * failed in between can be run again.
 *
 * @param reason why, in the operator's words. The event keeps it
 * @throws an Unfinished with the counts `discarded` and `chosen` if a port fails; an Interrupted before the first one
 */
export const discardDeadLetters = async (
  ports: DiscardPorts,
  choice: Choice,
  reason: string,
): Promise<DiscardReport> => {
  const outcomes: DiscardedDeadLetter[] = [];
  let chosen = 0;
  const process: Process = async (deadLetter, chosenCount) => {
    chosen = chosenCount;
    const outcome = await discardEvent(ports, deadLetter, reason);
    if (!isUnchanged(outcome)) await ports.queue.remove(deadLetter.message);
    outcomes.push({ ...deadLetter, outcome });
    ports.onProgress('discarded', outcomes.length, chosenCount);
    return isUnchanged(outcome) ? 'kept' : 'removed';
  };
  const report = await withProgressReport(
    () => ({ discarded: outcomes.filter(({ outcome }) => !isUnchanged(outcome)).length, chosen }),
    () => processDeadLetters(ports, choice, process),
  );
  return { ...report, outcomes };
};

const discardEvent = async (
  { discard, giveUpRefresh }: DiscardPorts,
  deadLetter: DeadLetter,
  reason: string,
): Promise<DiscardOutcome> => {
  const event = recordedEventOf(deadLetter);
  if (event === undefined) return 'message-only';
  if (isRefresh(deadLetter)) {
    await giveUpRefresh(event);
    return 'message-only';
  }
  const unchanged = await discard(event, reason);
  if (unchanged === undefined) return 'discarded';
  if (unchanged === 'unreadable') return 'unreadable';
  return unchanged.state === 'NOTIFIED' || unchanged.state === 'DISCARDED' ? 'stale' : 'moved';
};
