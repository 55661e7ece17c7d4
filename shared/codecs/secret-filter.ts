import { ExactNumber } from './exact-number';
import { mapElements, mapMembers } from './map-json';
import { withoutInvisible } from './visible-text';

/** Replaces a secret. It is shorter than any secret, so that it cannot be one, and the same for all secrets. */
const mark = '***';

/** The minimum length of a source's secret. A shorter text that a sender sends as its secret is ignored. */
export const minSecretLength = 8;

/** The minimum length of a normalized secret. A shorter one would be found in almost any text. */
const minLooseLength = 4;

export type SecretFilter = Readonly<{
  /** Whether a text contains a secret. */
  isIn: (text: string) => boolean;
  /** Removes the secrets from JSON, in keys and values at any depth. */
  takenFrom: (json: unknown) => unknown;
}>;

/**
 * Finds secrets in every place of a payload: as a value, in a longer text, as a key, as a number. Also finds other
 * spellings of the same text: composed or decomposed, full-width, with invisible characters, with the escapes of JSON,
 * HTML or a URL. A text that contains only another spelling is replaced as a whole.
 *
 * @param texts secrets; a text shorter than `minSecretLength` is ignored
 */
export const secretFilter = (texts: readonly string[]): SecretFilter => {
  // Longest first: one secret may be a part of another, and the result must not depend on which of them was sent.
  const secrets = [...new Set(texts)]
    .filter((text) => text.length >= minSecretLength)
    .sort((one, other) => other.length - one.length);
  const looseSecrets = secrets.map(loose).filter((text) => text.length >= minLooseLength);

  const isNumber = secrets.some((secret) => /^[\d.eE+-]+$/.test(secret));

  const isIn = (text: string): boolean => {
    if (secrets.some((secret) => text.includes(secret))) return true;
    const read = loose(text);
    return looseSecrets.some((secret) => read.includes(secret));
  };

  // The payload and what identifies its event have the same texts.
  const known = new Map<string, string>();

  const textWithout = (text: string): string => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const without = isIn(text) ? cut(text) : text;
    known.set(text, without);
    return without;
  };

  const cut = (text: string): string => {
    const rest = secrets.reduce((left, secret) => left.replaceAll(secret, mark), text);
    return isIn(rest) ? mark : rest;
  };

  const takenFrom = (json: unknown): unknown => {
    if (typeof json === 'string') return textWithout(json);
    if (typeof json === 'number' || json instanceof ExactNumber)
      return isNumber && isIn(numberText(json)) ? mark : json;
    if (Array.isArray(json)) return mapElements(json, takenFrom);
    if (typeof json !== 'object' || json === null) return json;
    return mapMembers(json as Readonly<Record<string, unknown>>, textWithout, takenFrom);
  };

  return { isIn, takenFrom: secrets.length === 0 ? (json) => json : takenFrom };
};

const numberText = (number: number | ExactNumber): string =>
  typeof number === 'number' ? String(number) : number.text;

/** Normalizes the spelling of a text. Each step takes linear time. */
const loose = (text: string): string => {
  if (isPlain(text)) return text;
  const read = decomposed(text);
  const meant = unescaped(read);
  return visible(meant === read ? read : decomposed(meant));
};

/** Whether a text is ASCII: it has as many bytes as characters. Most texts are, and most steps are quick for them. */
const isAscii = (text: string): boolean => Buffer.byteLength(text) === text.length;

const visible = (text: string): string => (isAscii(text) ? text.replace(/[^\x21-\x7e]+/g, '') : withoutInvisible(text));

/** Whether a text has only one spelling: it is ASCII without `%`, `&`, `+`, `\` and spaces. */
const isPlain = (text: string): boolean => /^[\x21-\x24\x27-\x2a\x2c-\x5b\x5d-\x7e]*$/.test(text);

/**
 * Ligatures and other forms of Arabic letters. Normalization makes up to 18 characters of one. A run of them becomes one,
 * which is visible and not ASCII. So no text grows to more than 7 characters for each of its own, and a secret in Arabic
 * letters is not found in a text that spells it with these forms.
 */
const arabicForms = /[\ufb50-\ufdff\ufe70-\ufefc]+/g;

/**
 * Normalization sorts combining marks, which takes quadratic time in a long row of them. Therefore the rows are cut
 * (Unicode Standard Annex #15 §12, Stream-Safe Text Format).
 */
const decomposed = (text: string): string =>
  isAscii(text)
    ? text
    : text
        .replace(arabicForms, '\ufb50')
        .replace(/\p{M}{30}/gu, '$&\u034f')
        .normalize('NFKD');

/**
 * Decodes at most three levels: a URL in a URL is encoded twice. Half a surrogate pair has no UTF-8 and stays, because
 * another escape may have the other half.
 */
const percentDecoded = (text: string): string => {
  if (!text.includes('%')) return text;
  if (text.isWellFormed()) return bytesDecoded(text);
  const parts = text.split(/(\p{Cs}+)/u);
  return parts.map((part) => (part.includes('%') ? bytesDecoded(part) : part)).join('');
};

const bytesDecoded = (text: string): string => {
  let bytes: Buffer = Buffer.from(text);
  for (let level = 0; level < 3; level += 1) bytes = percentDecodedOnce(bytes);
  return bytes.toString();
};

const percent = 0x25;

/** Decodes `%` and two hexadecimal digits, in place. */
const percentDecodedOnce = (bytes: Buffer): Buffer => {
  let length = 0;
  for (let index = 0; index < bytes.length; index += 1) {
    const byte = bytes[index] ?? 0;
    const value = byte === percent ? digit(bytes[index + 1]) * 16 + digit(bytes[index + 2]) : NaN;
    bytes[length++] = Number.isNaN(value) ? byte : value;
    if (!Number.isNaN(value)) index += 2;
  }
  return bytes.subarray(0, length);
};

/** The value of a hexadecimal digit in ASCII, NaN for any other byte. */
const digit = (byte = 0): number => {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const lower = byte | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : NaN;
};

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

/** Decodes HTML's character references: decimal, hexadecimal, and the named ones that escape markup. */
const htmlDecoded = (text: string): string =>
  text.replace(
    /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(amp|lt|gt|quot|apos|nbsp));/gi,
    (all: string, ten?: string, hex?: string, name?: string) => {
      if (name !== undefined) return named[name.toLowerCase()] ?? '';
      const code = ten === undefined ? parseInt(hex ?? '', 16) : parseInt(ten, 10);
      return code <= 0x10ffff ? String.fromCodePoint(code) : all;
    },
  );

/**
 * Removes escapes. Backslashes are removed from texts and secrets alike, because JSON in JSON doubles them at each
 * level. So is `+`, because a form writes it for a space.
 */
const unescaped = (text: string): string => {
  const read = htmlDecoded(percentDecoded(text)).replaceAll('+', '');
  if (!read.includes('\\')) return read;
  return read
    .replace(/\\+/g, '\\')
    .replace(/\\u([0-9a-f]{4})/gi, (_, digits: string) => String.fromCharCode(parseInt(digits, 16)))
    .replaceAll('\\', '');
};
