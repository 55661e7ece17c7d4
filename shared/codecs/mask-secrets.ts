import { ExactNumber } from './exact-number';
import { maxDepth } from './json-scan';

/** Replaces a secret of any length. */
const mask = '***';

// `CredentialsProviderError` is an error of the AWS SDK, and the word after it is one of its message.
const nameParts =
  'secret(?!ar)|passw(?:or)?d|passphrase|token|api[-_ ]?key|access[-_ ]?key|private[-_ ]?key|credential(?!sProviderError)';

const secretNames = new RegExp(`${nameParts}|authorization|^pwd$`, 'i');

/** How many characters of a name are examined: normalizing a long row of combining marks takes quadratic time. */
const longestName = 256;

/** Whether a field of that name holds a secret, in any notation: `secret_key`, `Secret-Key`, `webhookSecret`. */
export const isSecretName = (name: string): boolean => secretNames.test(name.slice(0, longestName).normalize('NFKC'));

/**
 * A secret's name, its separator, and its value: the value is in quotation marks, which JSON may have escaped, or ends
 * at the next space or punctuation. Each part has a maximum length or always matches, so that the search takes linear
 * time.
 */
const namedSecret = new RegExp(
  String.raw`((?:${nameParts}|authorization)[\w.-]{0,64}["'\\]{0,8}\s{0,8}[:=>]{1,2}\s{0,8}` +
    String.raw`(?:(?:bearer|basic)\s{1,8})?)(?:(\\{0,8}["'])[^"']*|[^\s"'\\,;&<>{}[\]]+)`,
  'gi',
);

/**
 * Masks secrets in a text of unknown origin, by the names of their fields:
 *
 * - in JSON at any depth, including JSON in a string of JSON;
 * - in other text wherever a value follows a name, as in `secret_key=…` or `X-Webhook-Secret: …`.
 */
export const maskSecrets = (text: string): string => {
  const json = jsonIn(text);
  const count = { hidden: 0 };
  const masked = json === undefined ? undefined : walk(json, maxDepth, () => (count.hidden += 1));
  // Also JSON in which nothing was found: it may have a field twice, and the parser keeps only the last one.
  return count.hidden > 0
    ? JSON.stringify(masked)
    : text.replace(namedSecret, (_all, name: string, quote = '') => `${name}${quote}${mask}`);
};

/** Masks the secrets in a JSON value, as `maskSecrets` does in a text. */
export const withoutSecrets = (value: unknown): unknown => walk(value, maxDepth, () => undefined);

/** @param levels values that are nested deeper are masked as a whole, because the recursion could exhaust the stack */
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

/** The object or array in a text, if the text is JSON. Other JSON values have no names. */
const jsonIn = (text: string): object | undefined => {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text) as object;
  } catch {
    return undefined;
  }
};
