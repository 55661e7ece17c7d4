import * as E from 'fp-ts/Either';
import * as TE from 'fp-ts/TaskEither';
import { troubleKindOf } from '../../../shared/operations/overview/trouble-kind';
import { senderIn, type SenderIn } from '../../../shared/operations/sources/sender-in';
import { StoreError } from '../../../shared/operations/store-error';
import { ingestSource } from '../../../shared/sources/payloads/lead-payload';
import type { SourcePorts } from '../ports';
import { orRefused } from './source-problem';

/** A source as its sender sees it, and when the sources secret was stored. It is `undefined` if no secret is sent. */
export type Sender = SenderIn & Readonly<{ storedAt: Date | undefined }>;

/**
 * Finds the source of a sender. A user who may not read the sources can send as source `ingest` where IngestAuth is OPEN.
 *
 * @throws a NotFound or a BadInput if there is no valid source of this id, a StoreError if the sources cannot be read
 */
export const senderOf = async ({ store, isIngestOpen }: SourcePorts, id: string): Promise<Sender> => {
  const read = await store.read();
  const isDenied = E.isLeft(read) && troubleKindOf(read.left) === 'access-denied';
  if (E.isLeft(read) && !(isDenied && isIngestOpen && id === ingestSource)) throw new StoreError(read.left);
  const { entries, storedAt } = E.isRight(read) ? read.right : { entries: {}, storedAt: undefined };
  const sender = await orRefused(id, TE.fromEither(senderIn(entries, id, isIngestOpen)));
  return { ...sender, storedAt: sender.isOpen ? undefined : storedAt };
};
