import { headerValue, type SentRequest } from '../sent-request';
import { decoded } from './encodings';
import type { Recipe, SentValue } from './recipe';

/** At most this many signatures of a request are compared. A sender has two while it rotates its secret. */
const maxSignatures = 10;

/**
 * The texts that a request sends for a value, without prefix and without the white space around them. None if its
 * header is repeated with another value.
 */
const sentTexts = (request: SentRequest, { header, prefix, separator }: SentValue): readonly string[] => {
  const value = headerValue(request, header);
  if (value === undefined) return [];
  return (separator === undefined ? [value] : value.split(separator))
    .map((part) => part.trim())
    .filter((part) => part.startsWith(prefix))
    .map((part) => part.slice(prefix.length));
};

/** The signatures of a request, decoded. A text that is no signature of this length is none. */
export const sentSignatures = (request: SentRequest, { signature }: Recipe): readonly Buffer[] =>
  sentTexts(request, signature)
    .slice(0, maxSignatures)
    .flatMap((text) => decoded(signature.encoding, text) ?? []);

/** The one text that a request sends for a value: `undefined` if there is none, or two that differ. */
const sentText = (request: SentRequest, value: SentValue): string | undefined => {
  const [text, ...others] = new Set(sentTexts(request, value));
  return others.length === 0 ? text : undefined;
};

/**
 * The timestamp of a request as it was sent, if it is a whole number in decimal digits and differs from `now` by at
 * most the tolerance, in the past or in the future. A difference equal to the tolerance is accepted.
 */
export const freshTimestamp = (request: SentRequest, { timestamp }: Recipe, now: Date): string | undefined => {
  if (timestamp === undefined) return '';
  const text = sentText(request, timestamp);
  // With a zero at its beginning, characters could move from what is signed before it.
  if (text === undefined || !/^[1-9]\d{0,14}$/.test(text)) return undefined;
  const sentAt = Number(text) * (timestamp.unit === 's' ? 1_000 : 1);
  return Math.abs(now.getTime() - sentAt) <= timestamp.toleranceSeconds * 1_000 ? text : undefined;
};

/**
 * The id of a request: 1 to 256 visible ASCII characters. It must not contain the characters that separate it from what
 * else is signed, so that a signed message can be split in one way only.
 */
export const sentId = (request: SentRequest, { id, signed }: Recipe): string | undefined => {
  if (id === undefined) return '';
  const text = sentText(request, id);
  if (text === undefined || !/^[!-~]{1,256}$/.test(text)) return undefined;
  return separatorsOfId(signed).some((separator) => text.includes(separator)) ? undefined : text;
};

/** The character after the id, and the one before it if another place comes earlier. */
const separatorsOfId = (signed: Recipe['signed']): readonly string[] => {
  const index = signed.findIndex((part) => 'place' in part && part.place === 'id');
  const [before, after] = [index > 1 ? signed[index - 1] : undefined, signed[index + 1]];
  return [
    ...(before !== undefined && 'text' in before ? [before.text.slice(-1)] : []),
    ...(after !== undefined && 'text' in after ? [after.text.slice(0, 1)] : []),
  ];
};
