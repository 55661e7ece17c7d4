import { ExactNumber } from '../codecs/exact-number';
import { mapElements, mapMembers } from '../codecs/map-json';

/** The JSON object of a request body, as `parseJson` reads it. It may contain the sender's secret. */
export type SentBody = Readonly<Record<string, unknown>>;

/**
 * A sent body without its secret fields. This is what Leadline keeps of a request: the raw object in S3, and `payload`
 * of a lead event, which the enriched object calls `lead`.
 */
export type Payload = Readonly<Record<string, unknown>>;

/** The field of a body in which a sender sends its secret. */
export const secretField = 'secret_key';

/** Names of fields that contain a secret, in lower case and without the characters between the words. */
const secretNames = ['secretkey', 'webhooksecret', 'xwebhooksecret'];

const isSecretField = (name: string): boolean =>
  name.length <= 64 &&
  secretNames.includes(
    name
      .normalize('NFKC')
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, ''),
  );

/**
 * Fields that change from one delivery of an event to the next for every source, in addition to the source's settings.
 */
const alwaysVolatile = ['sent_at', 'delivery_attempt', 'retry_count'];

/**
 * Drops the secret fields of a body, at any depth. The body may also come from an object that was put there by hand.
 */
export const withoutSecret = (body: SentBody): Payload =>
  mapMembers(body, unless(isSecretField), (value) => within(value, withoutSecret));

/** As `withoutSecret`, for any JSON. */
export const withoutSecretFields = (json: unknown): unknown => within(json, withoutSecret);

/**
 * All texts and numbers in the fields that `withoutSecret` drops: they are secrets in other places of the body, too.
 */
export const secretTextsIn = (body: SentBody): readonly string[] => {
  const found: string[] = [];
  const collect = (value: unknown, isSecret: boolean): void => {
    if (Array.isArray(value)) for (const one of value) collect(one, isSecret);
    else if (value instanceof ExactNumber) found.push(...(isSecret ? [value.text] : []));
    else if (typeof value === 'object' && value !== null)
      for (const [name, one] of Object.entries(value)) collect(one, isSecret || isSecretField(name));
    else if (isSecret && (typeof value === 'string' || typeof value === 'number')) found.push(String(value));
  };
  collect(body, false);
  return found;
};

/**
 * The part of a payload that identifies an event: the rest changes from one delivery of the same event to the next.
 *
 * @param volatileFields names of fields; a dot leads to a field of a nested object, or of each object of an array
 */
export const withoutVolatile = (payload: Payload, volatileFields: readonly string[] = []): Payload =>
  without([...alwaysVolatile, ...volatileFields], payload);

/** A name may contain a dot itself: the path `a.b` means the field `a.b`, and the field `b` of `a`. */
const without = (paths: readonly string[], payload: Payload): Payload =>
  mapMembers(
    payload,
    unless((name) => paths.includes(name)),
    (value, name) => {
      const start = `${name}.`;
      const inner = paths.filter((path) => path.startsWith(start)).map((path) => path.slice(start.length));
      return inner.length === 0 ? value : within(value, (object) => without(inner, object));
    },
  );

/** Leaves out some names. */
const unless =
  (isLeftOut: (name: string) => boolean) =>
  (name: string): string | undefined =>
    isLeftOut(name) ? undefined : name;

/** Changes the objects that are nested in a value, including those in arrays. */
const within = (value: unknown, change: (object: Payload) => Payload): unknown => {
  if (Array.isArray(value)) return mapElements(value, (one) => within(one, change));
  return typeof value === 'object' && value !== null && !(value instanceof ExactNumber)
    ? change(value as Payload)
    : value;
};
