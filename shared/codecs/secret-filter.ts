import { ExactNumber } from './exact-number';
import { withoutInvisible } from './visible-text';

/** What takes a secret's place: shorter than any secret, so that none is made of it, and the same for each of them. */
const mark = '***';

/** A source's secrets have at least so many characters. A shorter text that a stranger sends as a secret is none. */
export const minSecretLength = 8;

/** Shorter than this, what is left of a secret would be found in any text. */
const minLooseLength = 4;

export type SecretFilter = Readonly<{
  /** Whether a secret is in a text. */
  isIn: (text: string) => boolean;
  /** JSON without the secrets, in keys and values at any depth. */
  takenFrom: (json: unknown) => unknown;
}>;

/**
 * Finds secrets wherever they are in a payload: as a value, in a longer text, as a key, as a number, and in other spellings of the
 * same text: composed or decomposed, full-width, with invisible characters, with the escapes of JSON or of a URL. Where only another
 * spelling is found, the whole text is hidden.
 *
 * @param texts secrets; shorter texts than a secret may have are left out
 */
export const secretFilter = (texts: readonly string[]): SecretFilter => {
  // Of two secrets, one may be a part of the other: the result must not depend on which of them a sender used.
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

  const textWithout = (text: string): string => {
    if (!isIn(text)) return text;
    const cut = secrets.reduce((rest, secret) => rest.replaceAll(secret, mark), text);
    return isIn(cut) ? mark : cut;
  };

  const takenFrom = (json: unknown): unknown => {
    if (typeof json === 'string') return textWithout(json);
    if (typeof json === 'number' || json instanceof ExactNumber)
      return isNumber && isIn(numberText(json)) ? mark : json;
    if (Array.isArray(json)) return json.map(takenFrom);
    if (typeof json !== 'object' || json === null) return json;
    return Object.fromEntries(Object.entries(json).map(([key, value]) => [textWithout(key), takenFrom(value)]));
  };

  return { isIn, takenFrom: secrets.length === 0 ? (json) => json : takenFrom };
};

const numberText = (number: number | ExactNumber): string =>
  typeof number === 'number' ? String(number) : number.text;

/** What a text says, whatever its spelling. Each step takes time that grows with the length of the text only. */
const loose = (text: string): string => {
  if (isPlain(text)) return text;
  const read = decomposed(text);
  const meant = unescaped(read);
  return withoutInvisible(meant === read ? read : decomposed(meant));
};

/** Without `%`, `&`, `+`, `\`, a space, or a letter that has another form. */
const isPlain = (text: string): boolean => /^[\x21-\x24\x27-\x2a\x2c-\x5b\x5d-\x7e]*$/.test(text);

/**
 * Normalization sorts combining marks, which takes quadratic time in a long row of them: the rows are cut (Unicode Standard Annex #15
 * §12, Stream-Safe Text Format).
 */
const decomposed = (text: string): string => text.replace(/\p{M}{30}/gu, '$&\u034f').normalize('NFKD');

/** A URL in a URL is encoded twice; nothing is encoded more often. */
const percentDecoded = (text: string): string => {
  let read = text;
  for (let level = 0; level < 3 && read.includes('%'); level += 1)
    read = read.replace(/(?:%[0-9a-f]{2})+/gi, (run) => Buffer.from(run.replaceAll('%', ''), 'hex').toString());
  return read;
};

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

/** HTML's character references, decimal, hexadecimal, and those by name that escape markup. */
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
 * Backslashes are dropped from texts and secrets alike, because JSON within JSON doubles them at each level. So is `+`, which a form
 * writes for a space.
 */
const unescaped = (text: string): string =>
  htmlDecoded(percentDecoded(text))
    .replaceAll('+', '')
    .replace(/\\+/g, '\\')
    .replace(/\\u([0-9a-f]{4})/gi, (_, digits: string) => String.fromCharCode(parseInt(digits, 16)))
    .replaceAll('\\', '');
