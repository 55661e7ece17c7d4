import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import type { EnrichedLead } from '../shared/lead/enriched-lead';
import type { LeadId } from '../shared/lead/lead-id';
import type { Owner } from '../shared/lead/owner';
import type { RawKey } from '../shared/lead/raw-key';
import type { RawEvent, RecordedEvent, UnreadRaw } from '../shared/lead/recorded-event';
import type { FindRecords } from '../shared/ports/find-records';
import type { ReadFailure } from '../shared/ports/read-failure';
import type { QueueMessage } from '../shared/stored/queue-message';
import { withAhead } from '../shared/tasks/in-parallel';
import { type Fault, readFault } from './fault';
import { identify } from './identify';

export type GatherPorts = Readonly<{
  readRaw: (key: RawKey) => TE.TaskEither<ReadFailure, RawEvent | UnreadRaw>;
  findRecords: FindRecords;
  readOwner: (leadId: LeadId) => TE.TaskEither<ReadFailure, Owner>;
}>;

type OwnerOf = (leadId: LeadId) => TE.TaskEither<Fault, Owner>;

/**
 * Reads the raw object that a message names, and the owner of its lead. The raw object says which lead it is. If the
 * message says so, too, both are read in parallel.
 */
export const gatherLead =
  (ports: GatherPorts) =>
  (message: QueueMessage): TE.TaskEither<Fault, EnrichedLead> => {
    const { lead_id } = message;
    const readOwner: OwnerOf = (leadId) => pipe(ports.readOwner(leadId), TE.mapLeft(readFault('owner')));
    if (lead_id === undefined) return gatherWith(ports, message, readOwner);
    return withAhead(
      () => readOwner(lead_id)(),
      // `identify` makes sure that the lead of the raw object is the one that the message names.
      (owner) => gatherWith(ports, message, () => owner),
    );
  };

const gatherWith = (ports: GatherPorts, message: QueueMessage, ownerOf: OwnerOf): TE.TaskEither<Fault, EnrichedLead> =>
  pipe(
    ports.readRaw(message.s3_key),
    TE.mapLeft(readFault('raw')),
    TE.flatMap(identify(ports.findRecords)(message)),
    TE.flatMap((record) => withOwner(record, ownerOf(record.event.lead_id))),
  );

const withOwner = (record: RecordedEvent, owner: TE.TaskEither<Fault, Owner>): TE.TaskEither<Fault, EnrichedLead> =>
  pipe(
    owner,
    TE.bimap(
      (fault) => ({ ...fault, record }),
      (found) => ({ record, owner: found }),
    ),
  );
