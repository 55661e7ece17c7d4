import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import { writeJson } from '../shared/codecs/json-text';
import { secretFilter, type SecretFilter } from '../shared/codecs/secret-filter';
import { sha256 } from '../shared/codecs/sha-256';
import type { ValidationProblem } from '../shared/codecs/validation-problem';
import { identityHash } from '../shared/ingestion/identity';
import type { Receipt } from '../shared/ingestion/record-of';
import type { Quarantine, QuarantinedRequest } from '../shared/ports/quarantine';
import type { StoreFailure } from '../shared/ports/store-failure';
import type { Reading } from '../shared/sources/payloads/read-leads';
import type { LeadOrigin } from '../shared/stored/lead-origin';
import type { FoundSender } from './find-sender';
import type { LeadRequest } from './lead-request';

/** A request, or one lead of it, that is kept for an operator. `isKnown`: its sender sent it before. */
export type Kept = Readonly<{
  kind: 'quarantined';
  id: string;
  isKnown: boolean;
  problems: readonly ValidationProblem[];
}>;

/** The request that is kept. */
export type About = Readonly<{ request: LeadRequest; sender: FoundSender; receipt: Receipt }>;
type Keeping = TE.TaskEither<StoreFailure, Kept>;

/**
 * Keeps the whole body of a request, without the secrets of its sender.
 *
 * @param reading what was read of the body, if it could be parsed. Fields that change with each delivery do not make
 *   another request of it
 * @param write writes the body that was parsed, without secrets
 */
export const keptBody = (
  quarantine: Quarantine,
  about: About,
  problems: readonly ValidationProblem[],
  { reading, write }: Readonly<{ reading?: Reading; write?: (without: SecretFilter) => string }> = {},
): Keeping => {
  const { request, sender } = about;
  const filter = secretFilter(sender.secrets);
  const bytes = bytesWithoutSecrets(request.request.body, write, filter);
  const id =
    reading === undefined
      ? sha256(`${JSON.stringify(sender.sourceId)}${Buffer.from(bytes).toString('latin1')}`)
      : identityHash(sender.sourceId, reading, filter);
  return keep(quarantine, about, filter, { id, kind: 'body', body: bytes, problems });
};

/** Keeps one lead of a body with several. */
export const keptLead = (
  quarantine: Quarantine,
  about: About,
  reading: Reading,
  problems: readonly ValidationProblem[],
): Keeping => {
  const { sender } = about;
  const filter = secretFilter(sender.secrets);
  return keep(quarantine, about, filter, {
    id: identityHash(sender.sourceId, reading, filter),
    kind: 'lead',
    body: Buffer.from(writeJson(filter.takenFrom(reading.payload))),
    problems,
    ...(reading.origin === undefined ? {} : { origin: filter.takenFrom(reading.origin) as LeadOrigin }),
  });
};

const keep = (
  quarantine: Quarantine,
  { request: { request, contentType }, sender, receipt }: About,
  { takenFrom }: SecretFilter,
  what: Pick<QuarantinedRequest, 'id' | 'kind' | 'body' | 'problems' | 'origin'>,
): Keeping =>
  pipe(
    quarantine({
      ...what,
      sourceId: sender.sourceId,
      receivedAt: receipt.receivedAt.toISOString(),
      correlationId: receipt.correlationId,
      method: request.method,
      url: takenFrom(request.url) as string,
      headers: keptHeaders(request.headers, sender, takenFrom),
      contentType,
    }),
    TE.map((state) => ({ kind: 'quarantined', id: what.id, isKnown: state === 'known', problems: what.problems })),
  );

/** Headers with the address of the sender's computer, which may be personal data. */
const neverKept = ['x-forwarded-for', 'forwarded'];

const keptHeaders = (
  headers: QuarantinedRequest['headers'],
  { credentialHeaders }: FoundSender,
  takenFrom: SecretFilter['takenFrom'],
): QuarantinedRequest['headers'] =>
  Object.fromEntries(
    Object.entries(headers)
      .filter(([name]) => !neverKept.includes(name) && !credentialHeaders.includes(name))
      .map(([name, values]) => [name, takenFrom(values) as readonly string[]]),
  );

/**
 * The bytes as they were sent, unless they contain a secret. Then a body that was parsed is written again without it.
 * Other text is kept with a mark in place of the secret, or as the mark alone if the secret is spelled in another way.
 */
const bytesWithoutSecrets = (
  bytes: Uint8Array,
  write: ((without: SecretFilter) => string) | undefined,
  filter: SecretFilter,
): Uint8Array => {
  const text = Buffer.from(bytes).toString('utf8');
  if (!filter.isIn(text)) return bytes;
  return Buffer.from(write === undefined ? String(filter.takenFrom(text)) : write(filter));
};
