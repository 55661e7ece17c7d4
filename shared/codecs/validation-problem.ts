import * as t from 'io-ts';

/**
 * A place in a document, and what was expected there. The value is never included, because it may be secret or
 * personal.
 */
export type ValidationProblem = Readonly<{ path: string; message: string }>;

const expectations: Readonly<Record<string, string>> = {
  EventItem: 'must have a state that this version knows: RECEIVED, CLAIMED, NOTIFIED, FAILED or DISCARDED',
  LeadId:
    'must be text of 1 to 128 printable ASCII characters, without spaces, slashes, "%" or "..", ' +
    'and neither "." nor an e-mail address',
  EmailAddress: 'must be an e-mail address of at most 254 characters',
  Instant: 'must be a date and time with an offset, as in 2026-01-31T12:00:00Z (RFC 3339)',
  UnknownRecord: 'must be a JSON object',
  string: 'must be text',
};

/** Translates the errors of a decoder. The path of a nested field has dots, as in `meta.attempt`. */
export const validationProblems = (errors: t.Errors): readonly ValidationProblem[] =>
  errors.map(({ context }) => {
    const expected = context.at(-1)?.type.name ?? '';
    return { path: pathOf(context), message: messageOf(context.at(-1)?.actual, expected) };
  });

/** A problem in one line: `email is missing`. The path of the whole document is empty. */
export const problemText = ({ path, message }: ValidationProblem): string => `${path} ${message}`.trim();

/** Intersections and unions add their members' indexes to a context. They are not part of the document. */
const pathOf = (context: t.Context): string =>
  context
    .filter(({ key }, index) => key !== '' && !addsIndexes(context[index - 1]?.type))
    .map(({ key }) => key)
    .join('.');

/** `t.readonly` adds nothing to a context: its entry is that of the type that it wraps. */
const addsIndexes = (type: unknown): boolean =>
  type instanceof t.IntersectionType ||
  type instanceof t.UnionType ||
  (type instanceof t.ReadonlyType && addsIndexes(type.type));

const messageOf = (actual: unknown, expected: string): string =>
  actual === undefined ? 'is missing' : expectationOf(expected);

/** What a value must be, by the name of its type. */
export const expectationOf = (expected: string): string => expectations[expected] ?? `must be: ${expected}`;
