// The web page imports this file. So it imports only io-ts and code that needs no Node.js.
import * as t from 'io-ts';

/** What happened to an event in a period: it was received, mailed the latest time, or failed the latest time. */
export const happening = t.keyof({ received: null, mailed: null, failed: null }, 'Happening');

export type Happening = t.TypeOf<typeof happening>;

/** The events to which something happened in a period. `from` is in the period, `to` is not: instants in UTC. */
export type EventPeriod = Readonly<{ during: Happening; from: string; to: string }>;

type Times = Readonly<{ received_at: string; notified_at?: string | undefined; failed_at?: string | undefined }>;

/** Whether it happened to an event in the period. */
export const isInPeriod = ({ during, from, to }: EventPeriod, event: Times): boolean => {
  const at = { received: event.received_at, mailed: event.notified_at, failed: event.failed_at }[during];
  return at !== undefined && at >= from && at < to;
};
