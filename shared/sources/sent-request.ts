/** A request as it arrived, before anything in it is trusted or parsed. */
export type SentRequest = Readonly<{
  /** In upper case. */
  method: string;
  /** The public URL: scheme, host, path and query as the sender wrote them (percent-encoded). */
  url: string;
  /** The values of each header by its lower-case name, in order of arrival. A repeated header has several. */
  headers: Readonly<Record<string, readonly string[]>>;
  /** The bytes of the body. */
  body: Uint8Array;
}>;

/** What a request presents. `body` is the parsed object, if the body is one: `body-secret` reads a field of it. */
export type Presented = Readonly<{ request: SentRequest; body: Readonly<Record<string, unknown>> | undefined }>;

/** The values of a header, without the white space around them. It is not part of a value (RFC 9110 §5.5). */
export const headerValues = ({ headers }: SentRequest, name: string): readonly string[] =>
  Object.hasOwn(headers, name) ? (headers[name] ?? []).map((value) => value.trim()) : [];

/**
 * The value of a header that may be repeated with the same value only.
 *
 * @returns `undefined` if the header is missing, or has two different values: one of them may be forged
 */
export const headerValue = (request: SentRequest, name: string): string | undefined => {
  const [value, ...others] = new Set(headerValues(request, name));
  return others.length === 0 ? value : undefined;
};
