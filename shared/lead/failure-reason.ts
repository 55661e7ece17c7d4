import * as t from 'io-ts';

/** Why an event could not be enriched or mailed, as operators see it. */
export const failureReason = t.keyof(
  {
    'message-unreadable': null,
    'raw-missing': null,
    'raw-unreadable': null,
    /** The message and the raw object, or the record and the raw object, name different events. */
    'raw-mismatch': null,
    'owner-missing': null,
    'owner-unreadable': null,
    'held-by-another': null,
    'mail-refused': null,
    'mail-unconfirmed': null,
    'store-unavailable': null,
    'store-unreadable': null,
    /** The workers of the event died before they could record a reason. */
    'worker-lost': null,
    /** The record of the event was lost. `leadline rebuild` wrote it again, and found no enriched object. */
    'record-lost': null,
  },
  'FailureReason',
);

export type FailureReason = t.TypeOf<typeof failureReason>;

/** Why an attempt to enrich or mail failed. Only `leadline rebuild` gives the other reason. */
export type AttemptReason = Exclude<FailureReason, 'record-lost'>;
