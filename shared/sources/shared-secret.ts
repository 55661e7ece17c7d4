import { createHash, timingSafeEqual } from 'node:crypto';
import * as t from 'io-ts';

/** A "poor man's API key": for senders that can't sign. While a secret is rotated the old and the new one are both live. */
export const sharedSecret = t.readonly(
  t.intersection([
    t.type({
      kind: t.literal('shared-secret'),
      secrets: t.refinement(
        t.array(t.string),
        (secrets) => secrets.length >= 1 && secrets.length <= 2 && secrets.every((secret) => secret.length >= 8),
        'one or two secrets of at least 8 characters',
      ),
    }),
    t.partial({
      /** Fields that change from one delivery of the same event to the next; `event_id` ignores them. */
      volatile_fields: t.array(t.string),
    }),
  ]),
  'SharedSecret',
);

export type SharedSecret = t.TypeOf<typeof sharedSecret>;

/** No secret has this hash: what is compared where there is no source, or only one secret. */
const nobody = Buffer.alloc(32);

/**
 * Whether the presented secret is one of the source's. Takes the same time whatever the answer, and for a source that
 * does not exist (`undefined`) as well: hashes have one length, and two of them are always compared.
 */
export const knowsSecret = (source: SharedSecret | undefined, presented: string): boolean => {
  const digest = sha256(presented);
  return [0, 1]
    .map((index) => {
      const secret = source?.secrets[index];
      return timingSafeEqual(digest, secret === undefined ? nobody : sha256(secret));
    })
    .includes(true);
};

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();
