import { eventRef, eventRefKey } from '../../../shared/lead/event-ref';
import { latestMoveMinutes, missingAmong } from '../../../shared/operations/find-missing-dead-letters';
import { Interrupted } from '../../../shared/operations/interrupted';
import { redriveMissingDeadLetters } from '../../../shared/operations/redrive-missing-dead-letters';
import type { EventItem } from '../../../shared/stored/event-item';
import type { Task } from '../../api/task';
import { counted } from '../../../shared/operations/views/counted';
import type { ConsolePorts } from '../ports';
import { type ReadList, withNewest } from '../read-lists';
import type { Work } from '../task-runner';
import type { LetterDesk } from './letter-desk';
import { findingMissing, queueingAgain } from '../rights';

/** A failed event without a dead letter. */
export type MissingEvent = Readonly<{ event: EventItem; isMaybeMailed: boolean }>;

/** The failed events without a dead letter as they were found, by `eventRefKey`, without those brought back since. */
type MissingList = ReadList<MissingEvent> & Readonly<{ held: number; unreadable: number }>;

export type MissingStack = Pick<ConsolePorts['stack'], 'noteRedrive' | 'sendBody' | 'scanPages'>;

/** The failed events whose dead letter has expired or was deleted. */
export const missingDesk = (stack: MissingStack, letters: LetterDesk, now: () => Date) => {
  let lists: readonly MissingList[] = [];
  return {
    /** Those that were found latest, newest first. */
    lists: (): readonly MissingList[] => lists,
    find: (): Task =>
      letters.series.start(
        { kind: 'missing-dead-letters', title: 'Looking for failed events without a dead letter' },
        async (given) => {
          // The queue is read first: an event that is redriven in between is then in the list, and not missing.
          // The time is that of the reading of the queue: what fails later has its dead letter after it.
          const at = now();
          const present = await letters.readList(given);
          const { events: failed, unreadable } = await failedEvents(stack, given);
          const before = new Date(at.getTime() - latestMoveMinutes * 60_000).toISOString();
          const { events, maybeMailed } = missingAmong(present, failed, before);
          const entries = new Map([...events.map(entryOf(false)), ...maybeMailed.map(entryOf(true))]);
          const held = letters.lists()[0]?.held ?? 0;
          lists = withNewest(lists, { since: at.toISOString(), entries, held, unreadable });
          return [`${counted(entries.size, 'failed event')} without a dead letter.`];
        },
        findingMissing,
      ),
    bringBack: (events: readonly EventItem[]): Task =>
      letters.series.start(
        { kind: 'missing-dead-letters', title: `Bringing back ${counted(events.length, 'failed event')}` },
        async (given) => {
          let current = '';
          const ports = {
            ...given,
            pace: () => Promise.resolve(),
            noteRedrive: (ref: Parameters<MissingStack['noteRedrive']>[0]) => {
              current = eventRefKey(ref);
              return stack.noteRedrive(ref);
            },
            send: async (body: string) => {
              const sent = await stack.sendBody(body);
              if (sent === 'sent') lists[0]?.entries.delete(current);
              return sent;
            },
          };
          const redriven = await redriveMissingDeadLetters(ports, events);
          return [`${redriven.toLocaleString('en')} of ${counted(events.length, 'failed event')} queued again.`];
        },
        queueingAgain,
      ),
  };
};

const entryOf =
  (isMaybeMailed: boolean) =>
  (event: EventItem): readonly [string, MissingEvent] => [eventRefKey(eventRef(event)), { event, isMaybeMailed }];

const failedEvents = async ({ scanPages }: MissingStack, { isInterrupted, onProgress }: Work) => {
  const events: EventItem[] = [];
  let unreadable = 0;
  for await (const page of scanPages({ state: 'FAILED' })) {
    if (isInterrupted()) throw new Interrupted();
    for (const event of page.events) events.push({ ...event, history: [] });
    unreadable += page.unreadable.length;
    onProgress('failed events read', events.length, 0);
  }
  return { events, unreadable };
};
