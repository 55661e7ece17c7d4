import { eventRef } from '../../../shared/lead/event-ref';
import {
  discardDeadLetters,
  type DiscardOutcome,
  type DiscardPorts,
} from '../../../shared/operations/discard-dead-letters';
import { type EventActionName, eventActions } from '../../../shared/operations/leads/event-actions';
import { latestArrival } from '../../../shared/operations/find-missing-dead-letters';
import { redriveDeadLetters, type RedrivePorts } from '../../../shared/operations/redrive-dead-letters';
import { redriveMissingDeadLetters } from '../../../shared/operations/redrive-missing-dead-letters';
import { replayEvents, type ReplayPorts } from '../../../shared/operations/replay-events';
import type { EventItem } from '../../../shared/stored/event-item';
import { eventMessage } from '../../../shared/stored/queue-message';
import { counted } from '../../../shared/operations/views/counted';
import type { ConsolePorts } from '../ports';
import { Conflict } from '../refusal';
import type { Work } from '../task-runner';

type Stack = Pick<
  ConsolePorts['stack'],
  'deadLetters' | 'sendMessage' | 'sendBody' | 'reopen' | 'askForRefresh' | 'giveUpRefresh' | 'noteRedrive' | 'discard'
>;

/** Throws a Conflict with the reason if the state of the event does not allow the action. */
export const requireAllowed = (name: EventActionName, event: EventItem, now: Date): void => {
  const whyNot = eventActions(event, now).find((action) => action.name === name)?.whyNot;
  if (whyNot !== undefined) throw new Conflict(whyNot);
};

/**
 * Sends the message of a waiting event without a delay. The message that waits comes later: the claim lets one of the
 * two do the work, and the other one finds it done. If the enrichment fails, each of them may leave a dead letter.
 */
export const enrichNow = async ({ sendMessage }: Stack, event: EventItem): Promise<string> => {
  await sendMessage(eventMessage(event));
  return 'Sent. A worker enriches and mails it within seconds.';
};

export const refreshEvent = async (stack: Stack, event: EventItem): Promise<string> => {
  const { replayed } = await replayEvents(replaying(stack), [event], false);
  if (replayed === 0) throw new Conflict('An earlier refresh of this event has not ended.');
  return 'Sent. A worker enriches it again within seconds, without a mail.';
};

export const mailAgain = async (stack: Stack, event: EventItem): Promise<string> => {
  const { replayed } = await replayEvents(replaying(stack), [event], true);
  if (replayed === 0) throw new Conflict('The state of this event has changed since. Look at it again.');
  return 'Sent. A worker enriches it again and sends one more mail within seconds.';
};

const replaying = ({ reopen, askForRefresh, giveUpRefresh, sendMessage }: Stack): ReplayPorts => ({
  reopen,
  askForRefresh: (event) => askForRefresh(event, false),
  giveUpRefresh,
  send: sendMessage,
  pace: atOnce,
  onProgress: () => undefined,
  isInterrupted: () => false,
});

const atOnce = (): Promise<void> => Promise.resolve();

/**
 * Redrives the dead letter of an event. An event whose dead letter has expired, or was deleted, gets a new message, but not
 * while its message may still be on its way to the dead-letter queue: it would have two dead letters then.
 *
 * @returns what it did, in sentences
 */
export const redriveEvent = async (
  stack: Stack,
  event: EventItem,
  work: Work,
  now: Date,
): Promise<readonly string[]> => {
  const { deadLetters, noteRedrive, sendBody } = stack;
  const ports: RedrivePorts = { ...deadLetters, ...work, noteRedrive, send: sendBody, pace: atOnce };
  const report = await redriveDeadLetters(ports, { ids: [], event: eventRef(event) });
  if (report.redriven > 0) return ['Its dead letter was sent. A worker enriches and mails it within seconds.'];
  if (report.refused > 0) return ['SQS refuses its message. Discard it, and let the sender send the lead again.'];
  if (report.held > 0 || report.lost > 0) return [notAllSeen(report)];
  if (work.isInterrupted()) return ['Nothing was sent.'];
  const arrives = latestArrival(event);
  if (arrives > now.toISOString())
    return [`Nothing was sent. Its message may still be retried. If it has no dead letter at ${arrives}, try again.`];
  const sent = await redriveMissingDeadLetters({ ...ports, ...work }, [event]);
  return [
    sent > 0
      ? 'It had no dead letter, so that a new message was sent. A worker enriches and mails it within seconds.'
      : 'SQS refuses its message.',
  ];
};

/** One of the messages that were not looked at may be that of the event. */
const notAllSeen = ({ held, lost }: Readonly<{ held: number; lost: number }>): string =>
  held > 0
    ? `Nothing was changed. Another command holds about ${counted(held, 'dead letter')}. Try again in some minutes.`
    : `Nothing was changed. Leadline could not keep ${counted(lost, 'dead letter')} hidden. Try again.`;

/**
 * Discards an event, and removes its dead letter if there is one.
 *
 * @param reason why, in the words of the operator
 * @returns what it did, in sentences
 */
export const discardEvent = async (
  { deadLetters, discard, giveUpRefresh }: Stack,
  event: EventItem,
  reason: string,
  work: Work,
): Promise<readonly string[]> => {
  const ports: DiscardPorts = { ...deadLetters, ...work, discard, giveUpRefresh };
  const { outcomes, held, lost } = await discardDeadLetters(ports, { ids: [], event: eventRef(event) }, reason);
  if (outcomes.length > 0) return [...new Set(outcomes.map(({ outcome }) => discardedTexts[outcome]))];
  if (held > 0 || lost > 0) return [notAllSeen({ held, lost })];
  if (work.isInterrupted()) return ['Nothing was changed.'];
  const unchanged = await discard(eventRef(event), reason);
  return [unchanged === undefined ? 'The event was discarded. It had no dead letter.' : discardedTexts.moved];
};

const discardedTexts: Readonly<Record<DiscardOutcome, string>> = {
  discarded: 'The event was discarded, and its dead letter removed.',
  'message-only': 'The message of a refresh was removed.',
  stale: 'The event was mailed or discarded before. Its dead letter was removed.',
  moved: 'Nothing was changed, because the pipeline is working on the event.',
  unreadable: 'Nothing was changed, because the record of the event cannot be decoded.',
};
