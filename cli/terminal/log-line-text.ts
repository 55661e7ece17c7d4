import type { LogLine } from '../../shared/operations/tail/log-line';

/** Fields that a person does not need, or that have a place of their own. `--json` has them. */
const elsewhere = new Set([
  ...['timestamp', 'level', 'message', 'lead_id', 'function_request_id', 'correlation_id', 'message_id', 'cold_start'],
]);

/** A log line for people: time, level, function, lead, message, and then the other fields as `name=value`. */
export const logLineText = ({ functionName, time, fields }: LogLine): string =>
  [
    new Date(time).toISOString(),
    fields.level.padEnd(5),
    functionName.replace('Function', '').toLowerCase().padEnd(10),
    fields.lead_id ?? '–',
    fields.message,
    ...Object.entries(fields).flatMap(([name, value]) =>
      elsewhere.has(name) || value === undefined ? [] : [`${name}=${valueText(name, value)}`],
    ),
  ].join(' ');

const valueText = (name: string, value: unknown): string => {
  if (typeof value === 'string') return name === 'event_id' ? value.slice(0, 12) : value;
  // The events of a batch: their ids are long, and each has lines of its own.
  if (name === 'messages' && Array.isArray(value)) return String(value.length);
  return JSON.stringify(value);
};
