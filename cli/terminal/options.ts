import { InvalidArgumentError } from 'commander';
import type * as t from 'io-ts';
import { leadId, type LeadId } from '../../shared/lead/lead-id';
import { minIdLength } from '../../shared/operations/choose-dead-letters';
import { deadLetterReason } from '../../shared/operations/dead-letter-reason';
import { logLevel, type LogLevel } from '../../shared/operations/tail/log-line';
import { eventState } from '../../shared/stored/event-state';
import { quarantineState, type QuarantineState } from '../../shared/stored/quarantine-item';

// Parsers of options and arguments. Each throws an InvalidArgumentError that says what to give.

/** A rate in messages per second. A rate below 0.01, one message in 100 s, is taken for a typing error. */
export const perSecond = (text: string): number => {
  const rate = Number(text);
  if (!(rate >= 0.01 && Number.isFinite(rate)))
    throw new InvalidArgumentError('Give a number of messages per second, 0.01 or more.');
  return rate;
};

/** A number of minutes, at most 999,999. */
export const minutes = (text: string): number => {
  if (!/^\d{1,6}$/.test(text)) throw new InvalidArgumentError('Give a whole number of minutes.');
  return Number(text);
};

/** The id of a dead letter, or its first characters. */
export const deadLetterId = (text: string): string => {
  if (text.length < minIdLength)
    throw new InvalidArgumentError(
      `Give at least ${minIdLength} characters of the id of a dead letter: the column EVENT of leadline dlq list. ` +
        'For those of a lead: leadline dlq list --lead ID.',
    );
  return text;
};

/** One of several ids of dead letters. */
export const deadLetterIds = (text: string, before: readonly string[] | undefined): readonly string[] => [
  ...(before ?? []),
  deadLetterId(text),
];

/** The id of a quarantined request, or its first characters. */
export const quarantineId = (text: string): string => {
  if (!/^[0-9a-f]{8,64}$/.test(text))
    throw new InvalidArgumentError(
      'Give 8 to 64 hexadecimal digits of the id of a quarantined request: the column ID of leadline quarantine list.',
    );
  return text;
};

/** One of several ids of quarantined requests. */
export const quarantineIds = (text: string, before: readonly string[] | undefined): readonly string[] => [
  ...(before ?? []),
  quarantineId(text),
];

export const leadIdText = (text: string): LeadId => {
  if (!leadId.is(text))
    throw new InvalidArgumentError('Not a lead id. Give 1 to 128 printable characters without spaces and slashes.');
  return text;
};

/** Why an operator discards an event, in the operator's own words. */
export const reasonText = (text: string): string => {
  if (text.trim() === '') throw new InvalidArgumentError('Give a reason.');
  return text;
};

/** The name of a DynamoDB table. Its ARN is no name: a command could not tell that it is the table of the stack. */
export const tableName = (text: string): string => {
  if (!/^[\w.-]{3,255}$/.test(text))
    throw new InvalidArgumentError('Give the name of a table: 3 to 255 letters, digits and _.-');
  return text;
};

/** One of a closed set of values. A misspelled value would match nothing, which looks like success. */
const oneOf =
  <A extends Readonly<Record<string, unknown>>>(codec: t.KeyofC<A>) =>
  (text: string): keyof A => {
    if (!codec.is(text)) throw new InvalidArgumentError(`Give one of ${Object.keys(codec.keys).join(', ')}.`);
    return text;
  };

export const state = oneOf(eventState);

export const reason = oneOf(deadLetterReason);

/** A level of log lines, in small or capital letters. */
export const level = (text: string): LogLevel => {
  const name = text.toUpperCase();
  if (!logLevel.is(name)) throw new InvalidArgumentError('Give one of debug, info, warn, error.');
  return name;
};

/** The state of a quarantined request, or `all`. */
export const quarantineStateOption = (text: string): QuarantineState | 'all' =>
  text === 'all' ? text : oneOf(quarantineState)(text);

/** The URL of an API, as the output `ApiUrl` of a stack has it. Slashes at its end are removed. */
export const apiUrl = (text: string): string => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.username !== '' || url.search !== '')
    throw new InvalidArgumentError(
      'Give the output ApiUrl, such as https://….execute-api.eu-north-1.amazonaws.com/Prod.',
    );
  return text.replace(/\/+$/, '');
};

/** The id of a source: what the functions accept as one. */
export const sourceIdText = (text: string): string => {
  if (text.length > 64 || !text.isWellFormed()) throw new InvalidArgumentError('Give an id of 1 to 64 characters.');
  return text;
};

/** A number of seconds, at most 99,999. */
export const seconds = (text: string): number => {
  if (!/^\d{1,5}$/.test(text)) throw new InvalidArgumentError('Give a whole number of seconds.');
  return Number(text);
};

/** A TCP port, 1 to 65535. */
export const portNumber = (text: string): number => {
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port < 1 || port > 65_535)
    throw new InvalidArgumentError('Give a whole number from 1 to 65535.');
  return port;
};

/** A whole number from 1 to `most`. */
export const count =
  (most: number) =>
  (text: string): number => {
    if (!/^[1-9]\d{0,8}$/.test(text) || Number(text) > most)
      throw new InvalidArgumentError(`Give a whole number from 1 to ${most}.`);
    return Number(text);
  };

/** The id of an access key of IAM. A secret in its place is refused without being repeated. */
export const accessKeyId = (text: string): string => {
  if (!/^[A-Z0-9]{16,128}$/.test(text))
    throw new InvalidArgumentError('Give the id of an access key: 16 to 128 capital letters and digits.');
  return text;
};
