import type { TaskEither } from 'fp-ts/TaskEither';
import type { LeadId } from '../lead/lead-id';
import type { RawKey } from '../lead/raw-key';
import type { RecordedFacts } from '../stored/recorded-facts';
import type { StoreFailure } from './store-failure';

/** Finds records of a lead's events: the one with an id, or those whose raw object has a key. */
export type FindRecords = (
  leadId: LeadId,
  by: Readonly<{ eventId: string }> | Readonly<{ s3Key: RawKey }>,
) => TaskEither<StoreFailure, readonly RecordedFacts[]>;
