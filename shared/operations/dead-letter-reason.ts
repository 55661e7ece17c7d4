import * as t from 'io-ts';
import { failureReason } from '../lead/failure-reason';

/** The reasons by which operators choose dead letters. */
export const deadLetterReason = t.keyof(
  { ...failureReason.keys, mailed: null, 'refresh-failed': null, 'not-recorded': null },
  'DeadLetterReason',
);

export type DeadLetterReason = t.TypeOf<typeof deadLetterReason>;
