import * as E from 'fp-ts/Either';
import * as t from 'io-ts';
import { parseJson } from '../../codecs/json-text';

/** The functions whose log lines `leadline tail` shows, by the ends of their names. */
export const loggingFunctions = [
  'IngestionFunction',
  'EnrichmentFunction',
  'QueryFunction',
  'ReconcileFunction',
] as const;

export type LoggingFunction = (typeof loggingFunctions)[number];

/** The levels of a line, from the least to the most severe. */
export const logLevel = t.keyof({ DEBUG: null, INFO: null, WARN: null, ERROR: null }, 'LogLevel');

export type LogLevel = t.TypeOf<typeof logLevel>;

const severity: Readonly<Record<LogLevel, number>> = { DEBUG: 0, INFO: 1, WARN: 2, ERROR: 3 };

/** A log line of a function. `shared/lambda/logger.ts` writes these fields, and further ones that depend on the message. */
const logged = t.intersection([
  t.type({ message: t.string, level: logLevel, timestamp: t.string }),
  t.partial({
    lead_id: t.string,
    source: t.string,
    /** The events of a batch. */
    messages: t.array(t.partial({ lead_id: t.string })),
  }),
  t.UnknownRecord,
]);

/** An event of a log group. `at`: when the log has it, in milliseconds since 1970. `id` is unique in its group. */
export type LogEvent = Readonly<{ id: string; at: number; text: string }>;

export type LogLine = Readonly<{
  functionName: LoggingFunction;
  /** When the function wrote it, in milliseconds since 1970. */
  time: number;
  fields: t.TypeOf<typeof logged>;
}>;

/** Which lines to show. Without any of them, all. */
export type LineFilter = Readonly<{
  leadId?: string;
  source?: string;
  /** The least severe level. */
  level?: LogLevel;
}>;

/**
 * Reads an event of a log.
 *
 * @returns `undefined` for a line that the code of the function has not written: of Lambda itself, or of metrics
 */
export const lineOf = (functionName: LoggingFunction, { at, text }: LogEvent): LogLine | undefined => {
  const read = E.flatMap((json: unknown) => logged.decode(json))(parseJson(text));
  if (E.isLeft(read)) return undefined;
  const written = Date.parse(read.right.timestamp);
  return { functionName, time: Number.isNaN(written) ? at : written, fields: read.right };
};

export const matches =
  ({ leadId, source, level = 'DEBUG' }: LineFilter) =>
  ({ fields }: LogLine): boolean =>
    (leadId === undefined ||
      fields.lead_id === leadId ||
      (fields.messages ?? []).some((message) => message.lead_id === leadId)) &&
    (source === undefined || fields.source === source) &&
    severity[fields.level] >= severity[level];
