import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { SentRequest } from '../sent-request';
import { hmacOf, type Recipe } from './recipe';
import { freshTimestamp, sentId, sentSignatures } from './sent-values';
import { signedMessage } from './signed-message';

/** Used in place of a secret that the source does not have. Nothing that is made with it is accepted. */
const placeholder = randomBytes(32).toString('hex');

/**
 * Which of two secrets gives a digest that was sent: its index, or `undefined`. It always makes two digests, and
 * compares each of them in constant time.
 */
const matching = (
  secrets: readonly string[],
  digestOf: (secret: string) => Buffer,
  sent: readonly Buffer[],
): 0 | 1 | undefined => {
  const matches = ([0, 1] as const).map((index) => {
    const secret = secrets[index];
    const digest = digestOf(secret ?? placeholder);
    const isSent = sent.map((one) => one.length === digest.length && timingSafeEqual(one, digest)).includes(true);
    return isSent && secret !== undefined;
  });
  return matches[0] === true ? 0 : matches[1] === true ? 1 : undefined;
};

/**
 * Which secret signed a request. A request without a signature, or with an old timestamp, takes the same two digests
 * over its body as any other, so that the time of an answer reveals nothing.
 */
export const signedBy = (
  recipe: Recipe,
  secrets: readonly string[],
  request: SentRequest,
  now: Date,
): 0 | 1 | undefined => {
  const timestamp = freshTimestamp(request, recipe, now);
  const id = sentId(request, recipe);
  const message = signedMessage(recipe, request, { timestamp: timestamp ?? '', id: id ?? '' });
  const found = matching(secrets, (secret) => recipe.digest(secret, message), sentSignatures(request, recipe));
  return timestamp === undefined || id === undefined ? undefined : found;
};

const overBody = hmacOf('sha256', 'utf8');

/**
 * Which secret a request sent, in a text that contains it (`user:secret` in basic authentication). Hashes are compared,
 * because they have the same length. The two HMACs over the body make the work that of a signature.
 *
 * @param sent `undefined` if the request sent none
 */
export const sentWith = (
  secrets: readonly string[],
  asSent: (secret: string) => string,
  sent: string | Uint8Array | undefined,
  { body }: SentRequest,
): 0 | 1 | undefined => {
  const found = matching(
    secrets,
    (secret) => {
      overBody(secret, [body]);
      return sha256(asSent(secret));
    },
    [sha256(sent ?? '')],
  );
  return sent === undefined ? undefined : found;
};

const sha256 = (value: string | Uint8Array): Buffer => createHash('sha256').update(value).digest();

/** Whether two texts are equal, in a time that does not depend on their content. */
export const isSameText = (one: string, other: string): boolean => timingSafeEqual(sha256(one), sha256(other));
