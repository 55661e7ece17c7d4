import { createHash, timingSafeEqual } from 'node:crypto';
import * as t from 'io-ts';
import { leadNamespace } from '../../lead/lead-namespace';
import { minSecretLength } from '../../codecs/secret-filter';
import { volatileField } from '../volatile-field';

/** A "poor man's API key": for senders that can't sign. While a secret is rotated the old and the new one are both live. */
export const sharedSecret = t.readonly(
  t.intersection([
    t.type({
      kind: t.literal('shared-secret'),
      secrets: t.refinement(
        t.array(t.string),
        (secrets) =>
          secrets.length >= 1 && secrets.length <= 2 && secrets.every((secret) => secret.length >= minSecretLength),
        `one or two secrets of at least ${minSecretLength} characters`,
      ),
    }),
    t.partial({
      /** Fields that change from one delivery of the same event to the next; `event_id` ignores them. */
      volatile_fields: t.refinement(t.array(volatileField), (names) => names.length <= 50, 'at most 50 fields'),
      /** Sources that have the same one share their lead ids: an event of one changes the lead of another. */
      lead_namespace: leadNamespace,
    }),
  ]),
  'SharedSecret',
);

export type SharedSecret = t.TypeOf<typeof sharedSecret>;

/** What is hashed and compared where there is no source, or only one secret. It is no answer, whoever presents it. */
const nobody = 'nobody has this secret';

/**
 * Whether the presented secret is one of the source's. Takes the same work whatever the answer, and for a source that
 * does not exist (`undefined`) as well: two candidates are always hashed, and hashes, which have one length, compared.
 */
export const knowsSecret = (source: SharedSecret | undefined, presented: string): boolean => {
  const digest = sha256(presented);
  return [0, 1]
    .map((index) => {
      const secret = source?.secrets[index];
      const isEqual = timingSafeEqual(digest, sha256(secret ?? nobody));
      return isEqual && secret !== undefined;
    })
    .includes(true);
};

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();
