import { InvalidArgumentError } from 'commander';
import type * as t from 'io-ts';
import { setTimeout as wait } from 'node:timers/promises';
import { eventState } from '../../shared/stored/event-state';
import { leadId, type LeadId } from '../../shared/lead/lead-id';
import { type Pace, shortestId } from '../../shared/operations/dead-letters';
import { letterReason } from '../../shared/operations/letter';

/** A number of messages per second. Less than one in 100 s is a typing error rather than a wish. */
export const perSecond = (text: string): number => {
  const rate = Number(text);
  if (!(rate >= 0.01 && Number.isFinite(rate)))
    throw new InvalidArgumentError('Give a number of messages per second, 0.01 or more.');
  return rate;
};

/**
 * Waits before each message, so that there are no more of them than that in a second. An interruption ends the wait.
 *
 * @param partMs a wait is cut into parts of that length, after each of which what is held is kept
 * @returns what waits; it is told how to keep what is held in the meantime
 */
export const pacer =
  (rate: number | undefined, signal: AbortSignal, partMs = 10_000): Pace =>
  async (keep) => {
    let rest = rate === undefined ? 0 : 1000 / rate;
    while (rest > 0 && !signal.aborted) {
      await wait(Math.min(rest, partMs), undefined, { signal }).catch(() => undefined);
      rest -= partMs;
      await keep();
    }
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

/** Reads an option that takes one of a closed set of values. A misspelled value would match nothing, which looks like good news. */
const oneOf =
  <A extends Readonly<Record<string, unknown>>>(codec: t.KeyofC<A>) =>
  (text: string): keyof A => {
    if (!codec.is(text)) throw new InvalidArgumentError(`Give one of ${Object.keys(codec.keys).join(', ')}.`);
    return text;
  };

export const state = oneOf(eventState);

export const reason = oneOf(letterReason);

/** The URL of an API, as the stack's output `ApiUrl` has it. */
export const apiUrl = (text: string): string => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.username !== '' || url.search !== '')
    throw new InvalidArgumentError(
      'Give the output ApiUrl, such as https://….execute-api.eu-north-1.amazonaws.com/Prod.',
    );
  return text.replace(/\/+$/, '');
};
