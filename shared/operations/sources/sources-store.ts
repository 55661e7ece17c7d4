import type * as TE from 'fp-ts/TaskEither';
import type { StoreFailure } from '../../ports/store-failure';

/** The sources secret as it is stored: sources by id, not decoded, so that a change keeps what it does not know. */
export type SourceEntries = Readonly<Record<string, unknown>>;

/** One version of the sources secret. */
export type StoredSources = Readonly<{
  /** `undefined` if the secret exists, and has no value yet. */
  versionId: string | undefined;
  /** When the version was stored, if the store knows it. */
  storedAt?: Date | undefined;
  entries: SourceEntries;
}>;

/** Another writer has changed the sources since they were read. Nothing was written. */
export type LostRace = Readonly<{ kind: 'lost-race' }>;

export type SourcesStore = Readonly<{
  /** Reads the present version. An empty value is read as no sources; a value that is no JSON object is a failure. */
  read: TE.TaskEither<StoreFailure, StoredSources>;
  /** The version before, which the functions accept too. `undefined` if there is none, or if it cannot be decoded. */
  readPrevious: TE.TaskEither<StoreFailure, SourceEntries | undefined>;
  /**
   * Replaces one version by the next one, if it is still the present one.
   *
   * @param from the version that was read
   * @returns the id of the new version
   */
  replace: (from: StoredSources['versionId'], entries: SourceEntries) => TE.TaskEither<StoreFailure | LostRace, string>;
}>;
