import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import { ingestSource } from '../../sources/payloads/lead-payload';
import { type SourceRefusal, validSource } from './change-source';
import type { ValidSource } from './checked-source';
import type { SourceEntries } from './sources-store';

/** A source as its sender sees it. */
export type SenderIn = Readonly<{
  source: ValidSource;
  /** Whether the source needs no secret. */
  isOpen: boolean;
  /** Whether the sources secret has an entry of the source. */
  hasEntry: boolean;
}>;

/**
 * Finds the source of a sender. Source `ingest` needs no entry where IngestAuth is OPEN. If it has one, its settings
 * apply. An invalid entry is refused then as well, because IngestionFunction answers 500: `stranger` in `find-sender.ts`.
 */
export const senderIn = (
  entries: SourceEntries,
  id: string,
  isIngestOpen: boolean,
): E.Either<SourceRefusal, SenderIn> => {
  const isOpen = isIngestOpen && id === ingestSource;
  return pipe(
    validSource(entries, id),
    E.map((source) => ({ source, isOpen, hasEntry: true })),
    E.orElse((refusal) =>
      isOpen && refusal.kind === 'no-such-source'
        ? E.right({ source: withoutEntry, isOpen, hasEntry: false })
        : E.left(refusal),
    ),
  );
};

const withoutEntry: ValidSource = {
  kind: 'valid',
  id: ingestSource,
  auth: { scheme: 'body-secret', secrets: [] },
  payload: {},
  leadNamespace: undefined,
  silenceHours: undefined,
};
