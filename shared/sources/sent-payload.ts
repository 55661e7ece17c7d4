import { ExactNumber } from '../codecs/exact-number';

type Payload = Readonly<Record<string, unknown>>;

/** The field of a body that holds the secret: it goes no further than where the body is read. */
export const secretField = 'secret_key';

/** What fields are called that hold a secret, in any case and with any signs between the words. */
const secretNames = ['secretkey', 'webhooksecret', 'xwebhooksecret'];

const isSecretName = (name: string): boolean =>
  name.length <= 64 &&
  secretNames.includes(
    name
      .normalize('NFKC')
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, ''),
  );

/** What the sources' own settings don't name, and no sender means as part of an event. */
const alwaysVolatile = ['sent_at', 'delivery_attempt', 'retry_count'];

/** What of a body is kept and handed on, whether it came over HTTP or somebody put it into the bucket. */
export const withoutSecret = (body: Payload): Payload =>
  membersOf(body, (name, value) => (isSecretName(name) ? [] : [[name, within(value, withoutSecret)]]));

/** All texts and numbers in fields that `withoutSecret` drops: the sender means them as secrets, wherever else they are. */
export const secretTextsIn = (body: Payload): readonly string[] => {
  const found: string[] = [];
  const collect = (value: unknown, isSecret: boolean): void => {
    if (Array.isArray(value)) for (const one of value) collect(one, isSecret);
    else if (value instanceof ExactNumber) found.push(...(isSecret ? [value.text] : []));
    else if (typeof value === 'object' && value !== null)
      for (const [name, one] of Object.entries(value)) collect(one, isSecret || isSecretName(name));
    else if (isSecret && (typeof value === 'string' || typeof value === 'number')) found.push(String(value));
  };
  collect(body, false);
  return found;
};

/**
 * What tells an event from another: the rest differs from one delivery of the same event to the next.
 *
 * @param volatileFields names of fields; a dot leads to a field of a nested object, or of each object of an array
 */
export const withoutVolatile = (payload: Payload, volatileFields: readonly string[] = []): Payload =>
  without([...alwaysVolatile, ...volatileFields], payload);

/** A name may have a dot of its own: `a.b` is the field `a.b`, and the field `b` of `a`. */
const without = (paths: readonly string[], payload: Payload): Payload =>
  membersOf(payload, (name, value) => {
    if (paths.includes(name)) return [];
    const start = `${name}.`;
    const inner = paths.filter((path) => path.startsWith(start)).map((path) => path.slice(start.length));
    return [[name, inner.length === 0 ? value : within(value, (object) => without(inner, object))]];
  });

type Member = readonly [name: string, value: unknown];

const membersOf = (payload: Payload, each: (...member: Member) => readonly Member[]): Payload =>
  Object.fromEntries(Object.entries(payload).flatMap((member) => each(...member)));

/** Changes the objects nested in a value, also through arrays. */
const within = (value: unknown, change: (object: Payload) => Payload): unknown => {
  if (Array.isArray(value)) return value.map((one) => within(one, change));
  return typeof value === 'object' && value !== null && !(value instanceof ExactNumber)
    ? change(value as Payload)
    : value;
};
