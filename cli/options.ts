import { InvalidArgumentError } from 'commander';
import { setTimeout as wait } from 'node:timers/promises';
import { eventState, type EventState } from '../shared/lead/event-item';
import { leadId, type LeadId } from '../shared/lead/lead-id';
import { shortestId } from '../shared/operations/dead-letters';

/** A number of messages per second. */
export const perSecond = (text: string): number => {
  const rate = Number(text);
  if (!(rate > 0)) throw new InvalidArgumentError('Give a number of messages per second, above 0.');
  return rate;
};

/** Waits before each message, so that there are no more of them than that in a second. */
export const pacer = (rate: number | undefined) => async (): Promise<void> => {
  if (rate !== undefined) await wait(1000 / rate);
};

/** What a dead letter is called by, or the start of it. */
export const letterId = (text: string): string => {
  if (text.length < shortestId) throw new InvalidArgumentError(`Give at least ${shortestId} characters of an id.`);
  return text;
};

export const letterIds = (text: string, before: readonly string[] | undefined): readonly string[] => [
  ...(before ?? []),
  letterId(text),
];

export const leadIdText = (text: string): LeadId => {
  if (!leadId.is(text))
    throw new InvalidArgumentError('That is no lead id: 1 to 128 printable characters, without spaces or slashes.');
  return text;
};

/** Why an operator does something, for whoever asks later. */
export const why = (text: string): string => {
  if (text.trim() === '') throw new InvalidArgumentError('Say why.');
  return text;
};

export const state = (text: string): EventState => {
  if (!eventState.is(text)) throw new InvalidArgumentError(`Give one of ${Object.keys(eventState.keys).join(', ')}.`);
  return text;
};
