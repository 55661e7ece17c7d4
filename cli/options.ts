import { InvalidArgumentError } from 'commander';
import { setTimeout as wait } from 'node:timers/promises';
import { eventState, type EventState } from '../shared/lead/event-item';

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

/** A moment, as the table writes moments. */
export const instant = (text: string): string => {
  const time = Date.parse(text);
  if (!Number.isFinite(time))
    throw new InvalidArgumentError('Give a date, or a date and time, as in 2026-01-31T12:00:00Z.');
  return new Date(time).toISOString();
};

export const state = (text: string): EventState => {
  if (!eventState.is(text)) throw new InvalidArgumentError(`Give one of ${Object.keys(eventState.keys).join(', ')}.`);
  return text;
};
