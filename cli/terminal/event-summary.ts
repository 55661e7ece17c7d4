import { canBeTyped } from '../../shared/operations/dead-letter';
import { latestArrival, mayBeMailed } from '../../shared/operations/find-missing-dead-letters';
import { attemptsOf } from '../../shared/operations/views/attempts-of';
import { deadLetterPlace, type DeadLetterPlace } from '../../shared/operations/views/dead-letter-place';
import { reasonTexts } from '../../shared/operations/views/reason-text';
import type { EventItem, FailedEvent, PendingEvent, ReceivedEvent } from '../../shared/stored/event-item';
import { fixText } from './fix-text';
import { shellWord } from './shell-word';

/** One line about an event: whether it was mailed, and if not, why and what happens next. */
export const eventSummary = (event: EventItem, now: Date): string => {
  switch (event.state) {
    case 'NOTIFIED':
      return 'enriched and mailed';
    case 'RECEIVED':
      return `${pendingMail(event)}: ${nextStep(event)}`;
    case 'CLAIMED':
      return `${pendingMail(event)}: claimed by a worker until ${event.lease_until}`;
    case 'FAILED':
      return `${noMail(event)}: ${event.reason}; ${placeText(event, now)}`;
    case 'DISCARDED':
      return `${noMail(event)}: an operator discarded it`;
  }
};

const nextStep = (event: ReceivedEvent): string =>
  event.reason === undefined
    ? `due at ${event.due_at ?? event.received_at}`
    : `${event.reason} on attempt ${attemptsOf(event) ?? 0}, to be retried`;

/** By the record of the event: the queue is not read, and a person may have deleted the message. */
const placeText = (event: FailedEvent, now: Date): string => {
  const place = deadLetterPlace(event, now);
  switch (place.kind) {
    case 'redriven':
      return 'its dead letter was redriven, and a worker receives it within seconds';
    case 'arriving':
      return `its message is in the dead-letter queue at ${place.by} at the latest, unless it was deleted`;
    case 'dead-letter':
      return 'its message is in the dead-letter queue, unless it was deleted';
    case 'gone':
      return 'its dead letter is gone';
  }
};

/** What an operator does about a failed event: what fixes the cause, and the command. Nothing for other events. */
export const remedyLines = (event: EventItem, now: Date): readonly string[] => {
  if (event.state !== 'FAILED') return [];
  const place = deadLetterPlace(event, now);
  if (place.kind === 'redriven') return [];
  const commands = place.kind === 'gone' ? missingCommands(event, now) : commandsOf(event, place, now);
  return [`fix: ${fixText(event.reason, event.lead_id)}`, ...commands].map((line) => `  ${line}`);
};

/** What acts on the dead letter of an event, and what does if there is none. */
const commandsOf = (event: FailedEvent, place: DeadLetterPlace, now: Date): readonly string[] => {
  if (place.kind !== 'arriving')
    return [
      commandOf(event, place),
      ...missingCommands(event, now).map((command) => `if its message was deleted, ${command}`),
    ];
  const missing = missingCommands(event, new Date(place.by));
  return [commandOf(event, place), ...missing.map((command) => `if it is not listed after ${place.by}, ${command}`)];
};

const commandOf = ({ event_id: id, lead_id, reason }: FailedEvent, place: DeadLetterPlace): string => {
  const leadId = shellWord(lead_id);
  // Eight characters of an id or more are enough.
  const named = canBeTyped(id) ? id.slice(0, 12) : undefined;
  const list = `leadline dlq list --lead ${leadId}`;
  // Usually SQS moves the message within seconds. Until then the commands find no dead letter.
  const once = place.kind === 'arriving' ? `, as soon as ${list} shows it` : '';
  switch (reasonTexts[reason].advice) {
    case 'fix':
    case 'redrive':
      return `to redrive it${once}: leadline dlq redrive ${named ?? `--lead ${leadId}`}`;
    case 'look':
      return named === undefined
        ? `to look at it: ${list}`
        : `to look at it${once}: leadline dlq show ${named}; to redrive it: leadline dlq redrive ${named}`;
    case 'discard':
      return named === undefined
        ? `to find it: ${list}`
        : `to discard it${once}: leadline dlq discard ${named} --reason TEXT`;
  }
};

/** What brings an event without a dead letter back. Nothing if it would fail again. */
const missingCommands = (event: FailedEvent, now: Date): readonly string[] => {
  const isMailed = mayBeMailed(event);
  const command = `leadline dlq missing --lead ${shellWord(event.lead_id)}`;
  // Without it, the command leaves out what failed in the last minutes.
  const ofAnyAge = latestArrival(event) > now.toISOString() ? ' --older-than 0' : '';
  const withMailed = isMailed ? ' --maybe-mailed' : '';
  switch (reasonTexts[event.reason].advice) {
    case 'fix':
    case 'redrive':
      return [
        `to bring it back${isMailed ? ' (it may be mailed twice)' : ''}: ` +
          `${command}${ofAnyAge} --redrive${withMailed}`,
      ];
    case 'look':
      return [`to look at it: ${command}${ofAnyAge}${withMailed}`];
    case 'discard':
      return [];
  }
};

const pendingMail = ({ notified_at }: PendingEvent): string =>
  notified_at === undefined ? 'no mail yet' : `mailed before at ${notified_at}, to be mailed again`;

const noMail = ({ notified_at }: EventItem): string =>
  notified_at === undefined ? 'no mail' : `mailed before at ${notified_at}, no further mail`;
