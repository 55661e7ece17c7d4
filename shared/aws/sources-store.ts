import {
  GetSecretValueCommand,
  type GetSecretValueCommandOutput,
  PutSecretValueCommand,
  ResourceNotFoundException,
  type SecretsManagerClient,
  UpdateSecretVersionStageCommand,
} from '@aws-sdk/client-secrets-manager';
import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as O from 'fp-ts/Option';
import * as T from 'fp-ts/Task';
import * as TE from 'fp-ts/TaskEither';
import { randomUUID } from 'node:crypto';
import { writeJson } from '../codecs/json-text';
import type { LostRace, SourceEntries, SourcesStore, StoredSources } from '../operations/sources/sources-store';
import { type StoreFailure, unreadable } from '../ports/store-failure';
import { call } from './call';
import { decodeJsonObject } from './json-objects';

/**
 * The label of a version that is not the present one yet. There is one for all writers, so that interrupted writes
 * cannot use up the 20 labels that a secret may have: a later write moves it to its own version. The functions read
 * `AWSCURRENT` and `AWSPREVIOUS` only, so that a label that was left behind has no effect.
 */
const pendingLabel = 'LEADLINE_PENDING';

/**
 * The sources secret, for an operator's changes.
 *
 * `PutSecretValue` alone would overwrite what another writer has stored since the secret was read. Therefore the new
 * version is stored under a label of its own first. Then `AWSCURRENT` is moved to it, by the id of the version that it
 * must be moved from: "If the label is attached and you either do not specify this parameter, or the version ID does
 * not match, then the operation fails"
 * (https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_UpdateSecretVersionStage.html). The same call
 * moves `AWSPREVIOUS` to the version from which `AWSCURRENT` was removed.
 */
export const sourcesStore = (client: SecretsManagerClient, secretId: string): SourcesStore => {
  const versionAt = (stage: 'AWSCURRENT' | 'AWSPREVIOUS') =>
    call<Version, 'no-version'>(
      'sources',
      () => client.send(new GetSecretValueCommand({ SecretId: secretId, VersionStage: stage })),
      (error) => (isMissingVersion(error) ? 'no-version' : undefined),
    );

  /** The id of the version that has a label, or `undefined` if none has it. */
  const idAt = (stage: 'AWSCURRENT' | 'AWSPREVIOUS'): TE.TaskEither<StoreFailure, string | undefined> =>
    pipe(
      versionAt(stage),
      TE.map(({ VersionId }) => VersionId),
      TE.orElse(orIfMissing<string | undefined>(undefined)),
    );

  const moveLabel = (
    move: Readonly<{ VersionStage: string; MoveToVersionId?: string; RemoveFromVersionId?: string }>,
  ) => call('sources', () => client.send(new UpdateSecretVersionStageCommand({ SecretId: secretId, ...move })));

  /**
   * Whether a version has become the present one, although the call that made it so failed: the SDK retries a call
   * whose response was lost, and the second attempt is refused. Another writer may have replaced it since.
   */
  const isPresent = (versionId: string): TE.TaskEither<StoreFailure, boolean> =>
    pipe(
      idAt('AWSCURRENT'),
      TE.flatMap((current) =>
        current === versionId
          ? TE.right(true)
          : pipe(
              idAt('AWSPREVIOUS'),
              TE.map((previous) => previous === versionId),
            ),
      ),
    );

  const makePresent = (versionId: string, from: string | undefined): TE.TaskEither<StoreFailure | LostRace, string> =>
    pipe(
      moveLabel({
        VersionStage: 'AWSCURRENT',
        MoveToVersionId: versionId,
        ...(from === undefined ? {} : { RemoveFromVersionId: from }),
      }),
      TE.map(() => versionId),
      TE.orElse((failure) =>
        pipe(
          isPresent(versionId),
          TE.flatMap((isWritten) => (isWritten ? TE.right(versionId) : TE.left(notMoved(failure)))),
        ),
      ),
    );

  return {
    read: pipe(
      versionAt('AWSCURRENT'),
      TE.flatMapEither(storedSources),
      TE.orElse(orIfMissing<StoredSources>({ versionId: undefined, entries: {} })),
    ),

    readPrevious: pipe(
      versionAt('AWSPREVIOUS'),
      TE.map((version) => O.fromEither(storedSources(version))),
      TE.map(
        O.match(
          () => undefined,
          ({ entries }) => entries,
        ),
      ),
      TE.orElse(orIfMissing<SourceEntries | undefined>(undefined)),
    ),

    replace: (from, entries) => {
      const versionId = randomUUID();
      return pipe(
        call('sources', () =>
          client.send(
            new PutSecretValueCommand({
              SecretId: secretId,
              ClientRequestToken: versionId,
              SecretString: writeJson(entries),
              VersionStages: [pendingLabel],
            }),
          ),
        ),
        // Secrets Manager attaches AWSCURRENT itself to the first version of a secret.
        TE.flatMap(({ VersionStages = [] }) =>
          VersionStages.includes('AWSCURRENT') ? TE.right(versionId) : makePresent(versionId, from),
        ),
        // Also after a failure: the version may be stored although its response was lost. A version without a label is
        // deleted by Secrets Manager.
        T.tap(() => moveLabel({ VersionStage: pendingLabel, RemoveFromVersionId: versionId })),
      );
    },
  };
};

type Version = Pick<GetSecretValueCommandOutput, 'VersionId' | 'CreatedDate' | 'SecretString' | 'SecretBinary'>;

/**
 * Why `AWSCURRENT` could not be moved. Secrets Manager refuses the ids of the versions if another writer has moved the
 * label. LocalStack also deletes a version as soon as another writer has taken its pending label.
 */
const notMoved = (failure: StoreFailure): StoreFailure | LostRace =>
  failure.kind === 'unavailable' && /^(InvalidParameter|ResourceNotFound)Exception$/.test(failure.cause)
    ? { kind: 'lost-race' }
    : failure;

/** The secret exists, and no version of it has the label. The same error is that of a secret that does not exist. */
const isMissingVersion = (error: unknown): boolean =>
  error instanceof ResourceNotFoundException && /staging label/i.test(error.message);

const orIfMissing =
  <A>(instead: A) =>
  (failure: StoreFailure | 'no-version'): TE.TaskEither<StoreFailure, A> =>
    failure === 'no-version' ? TE.right(instead) : TE.left(failure);

const storedSources = ({
  VersionId,
  CreatedDate,
  SecretString = '',
  SecretBinary,
}: Version): E.Either<StoreFailure, StoredSources> => {
  if (SecretBinary !== undefined) return E.left(unreadable('sources', 'must be text, and not binary'));
  return pipe(
    SecretString.trim() === '' ? E.right({}) : decodeJsonObject('sources', SecretString),
    E.map((entries) => ({ versionId: VersionId, storedAt: CreatedDate, entries })),
  );
};
