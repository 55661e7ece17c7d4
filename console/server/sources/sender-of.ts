import * as E from 'fp-ts/Either';
import * as TE from 'fp-ts/TaskEither';
import { validSource } from '../../../shared/operations/sources/change-source';
import type { ValidSource } from '../../../shared/operations/sources/checked-source';
import { StoreError } from '../../../shared/operations/store-error';
import { ingestSource } from '../../../shared/sources/payloads/lead-payload';
import type { SourcePorts } from '../ports';
import { orRefused } from './source-problem';

/** A source as its sender sees it. */
export type Sender = Readonly<{
  source: ValidSource;
  /** Whether the source needs no secret. */
  isOpen: boolean;
  storedAt: Date | undefined;
}>;

/**
 * Finds the source of a sender. Source `ingest` needs no entry where IngestAuth is OPEN. Nothing reads its secret then.
 *
 * @throws a NotFound or a BadInput if there is no valid source of this id
 */
export const senderOf = async ({ store, isIngestOpen }: SourcePorts, id: string): Promise<Sender> => {
  const read = await store.read();
  if (id === ingestSource && isIngestOpen)
    return { source: openIngest(E.isRight(read) ? read.right.entries : {}), isOpen: true, storedAt: undefined };
  if (E.isLeft(read)) throw new StoreError(read.left);
  const { entries, storedAt } = read.right;
  return { source: await orRefused(id, TE.fromEither(validSource(entries, id))), isOpen: false, storedAt };
};

/** The settings of its entry apply even if its secret is not needed. */
const openIngest = (entries: Readonly<Record<string, unknown>>): ValidSource => {
  const stored = validSource(entries, ingestSource);
  if (E.isRight(stored)) return stored.right;
  const auth = { scheme: 'body-secret', secrets: [] } as const;
  return { kind: 'valid', id: ingestSource, auth, payload: {}, leadNamespace: undefined, silenceHours: undefined };
};
