// The web page imports this file. So it imports only io-ts and code that needs no Node.js.
import * as E from 'fp-ts/Either';
import * as t from 'io-ts';
import { instant } from '../../codecs/instant';

/** What happened to an event in a period: it was received, mailed the latest time, or failed the latest time. */
export const happening = t.keyof({ received: null, mailed: null, failed: null }, 'Happening');

export type Happening = t.TypeOf<typeof happening>;

/** The events to which something happened in a period. `from` is in the period, `to` is not: instants in UTC. */
export type EventPeriod = Readonly<{ during: Happening; from: string; to: string }>;

type Sent = Readonly<{ [Name in keyof EventPeriod]?: string | undefined }>;

/**
 * Reads a period from the parameters of a search. An empty parameter is as an absent one.
 *
 * @returns Left: what is wrong, as a sentence. `undefined` if there is no period
 */
export const readPeriod = ({ during = '', from = '', to = '' }: Sent): E.Either<string, EventPeriod | undefined> => {
  if (during === '' && from === '' && to === '') return E.right(undefined);
  if (during === '' || from === '' || to === '') return E.left('Give a period by during, from and to together.');
  if (!happening.is(during)) return E.left(`during must be one of ${Object.keys(happening.keys).join(', ')}.`);
  const [begin, end] = [instant.decode(from), instant.decode(to)];
  if (E.isLeft(begin) || E.isLeft(end)) return E.left('from and to must be times such as 2026-01-31T14:00:00Z.');
  if (begin.right >= end.right) return E.left('from must be before to.');
  return E.right({ during, from: begin.right, to: end.right });
};

type Times = Readonly<{ received_at: string; notified_at?: string | undefined; failed_at?: string | undefined }>;

/** Whether it happened to an event in the period. */
export const isInPeriod = ({ during, from, to }: EventPeriod, event: Times): boolean => {
  const at = { received: event.received_at, mailed: event.notified_at, failed: event.failed_at }[during];
  return at !== undefined && at >= from && at < to;
};
