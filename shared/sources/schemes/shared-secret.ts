import { createHash, timingSafeEqual } from 'node:crypto';
import * as t from 'io-ts';
import { minSecretLength } from '../../codecs/secret-filter';
import { sourceSettings } from '../source-settings';

/**
 * A source whose senders send a secret with each request, for senders that cannot sign. While the secret is rotated,
 * both the old and the new one are valid.
 */
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
    sourceSettings,
  ]),
  'SharedSecret',
);

type SharedSecret = t.TypeOf<typeof sharedSecret>;

/**
 * Hashed and compared in place of a secret that the source does not have. A sender that presents this text is refused.
 */
const placeholder = 'a text in place of a secret';

/**
 * Whether the presented secret is one of the source's secrets. The work is the same for every result, and for a source
 * that does not exist (`undefined`), so that the time of an answer reveals nothing: it always hashes two candidates and
 * compares hashes, which have the same length.
 */
export const knowsSecret = (source: SharedSecret | undefined, presented: string): boolean => {
  const digest = sha256(presented);
  return [0, 1]
    .map((index) => {
      const secret = source?.secrets[index];
      const isEqual = timingSafeEqual(digest, sha256(secret ?? placeholder));
      return isEqual && secret !== undefined;
    })
    .includes(true);
};

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();
