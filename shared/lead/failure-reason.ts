import * as t from 'io-ts';

/** Why an event could not be enriched or mailed, as operators see it. */
export const failureReason = t.keyof(
  {
    'message-unreadable': null,
    'raw-missing': null,
    'raw-unreadable': null,
    /** The raw object is not that of the event which the message names. */
    'raw-mismatch': null,
    'owner-missing': null,
    'owner-unreadable': null,
    'held-by-another': null,
    'mail-refused': null,
    'mail-unconfirmed': null,
    'store-unavailable': null,
    'store-unreadable': null,
    /** Every worker that took it was gone before it could say why. */
    'worker-lost': null,
  },
  'FailureReason',
);

export type FailureReason = t.TypeOf<typeof failureReason>;
