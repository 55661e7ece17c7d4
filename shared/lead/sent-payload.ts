type Payload = Readonly<Record<string, unknown>>;

/** The field of a body that holds the secret: it goes no further than where the body is read. */
export const secretField = 'secret_key';

/** What the sources' own settings don't name, and no sender means as part of an event. */
const alwaysVolatile = ['sent_at', 'delivery_attempt', 'retry_count'];

/** What of a body is kept and handed on, whether it came over HTTP or somebody put it into the bucket. */
export const withoutSecret = (body: Payload): Payload => without([secretField], body);

/** What tells an event from another: the rest differs from one delivery of the same event to the next. */
export const withoutVolatile = (payload: Payload, volatileFields: readonly string[] = []): Payload =>
  without([...alwaysVolatile, ...volatileFields], payload);

const without = (fields: readonly string[], payload: Payload): Payload =>
  Object.fromEntries(Object.entries(payload).filter(([key]) => !fields.includes(key)));
