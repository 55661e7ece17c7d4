import { ExactNumber } from './exact-number';
import { maxDepth } from './json-scan';

/** What hides a secret, whatever its length. */
const mask = '***';

const nameParts =
  'secret(?!ar)|passw(?:or)?d|passphrase|token|api[-_ ]?key|access[-_ ]?key|private[-_ ]?key|credential';

const secretNames = new RegExp(`${nameParts}|authorization|^pwd$`, 'i');

/** Names are looked at this far: normalizing a long row of combining marks takes quadratic time. */
const longestName = 256;

/** Whether a field of that name holds a secret, however the name is written: `secret_key`, `Secret-Key`, `webhookSecret`. */
export const isSecretName = (name: string): boolean => secretNames.test(name.slice(0, longestName).normalize('NFKC'));

/**
 * A secret's name and what separates it from its value, then the value: in quotation marks that JSON may have escaped, or up to the next
 * space or punctuation. Each part has a bound or can't fail, so that the search takes linear time.
 */
const namedSecret = new RegExp(
  String.raw`((?:${nameParts}|authorization)[\w.-]{0,64}["'\\]{0,8}\s{0,8}[:=>]{1,2}\s{0,8}(?:(?:bearer|basic)\s{1,8})?)` +
    String.raw`(?:(\\{0,8}["'])[^"']*|[^\s"'\\,;&<>{}[\]]+)`,
  'gi',
);

/**
 * Hides secrets in text that anybody may have written, by the names of their fields: in JSON at any depth, also in JSON within a string of
 * JSON; in other text wherever a name and a value stand side by side, as in `secret_key=…` or `X-Webhook-Secret: …`.
 */
export const maskSecrets = (text: string): string => {
  const json = jsonIn(text);
  const count = { hidden: 0 };
  const masked = json === undefined ? undefined : walk(json, maxDepth, () => (count.hidden += 1));
  // Also JSON in which nothing was found: it may have a field twice, of which the parser keeps one.
  return count.hidden > 0
    ? JSON.stringify(masked)
    : text.replace(namedSecret, (_all, name: string, quote = '') => `${name}${quote}${mask}`);
};

/** The same value with the secrets in it hidden. */
export const withoutSecrets = (value: unknown): unknown => walk(value, maxDepth, () => undefined);

/** @param levels what is nested deeper is hidden as a whole: no lead is, and a walk through it could run out of stack */
const walk = (value: unknown, levels: number, onHidden: () => void): unknown => {
  const hide = (): string => {
    onHidden();
    return mask;
  };
  const inText = (text: string): string => {
    const masked = maskSecrets(text);
    if (masked !== text) onHidden();
    return masked;
  };
  if (typeof value === 'string') return inText(value);
  if (typeof value !== 'object' || value === null || value instanceof ExactNumber) return value;
  if (levels === 0) return hide();
  if (Array.isArray(value)) return value.map((one) => walk(one, levels - 1, onHidden));
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => [
      inText(name),
      isSecretName(name) && field !== null ? hide() : walk(field, levels - 1, onHidden),
    ]),
  );
};

/** An object or an array; any other JSON has no names. */
const jsonIn = (text: string): object | undefined => {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text) as object;
  } catch {
    return undefined;
  }
};
