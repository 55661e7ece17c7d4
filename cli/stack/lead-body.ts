import { InvalidArgumentError } from 'commander';
import * as E from 'fp-ts/Either';
import * as t from 'io-ts';
import { ingestSource } from '../../shared/sources/payloads/lead-payload';
import { parseJson, writeJson } from '../../shared/codecs/json-text';
import { secretField } from '../../shared/sources/sent-payload';

/** The fields of a lead that the options of `leadline send` give. */
export type LeadOptions = Readonly<{
  source?: string;
  leadId?: string;
  email?: string;
  name?: string;
  status?: string;
  occurredAt?: string;
}>;

/** The body of a request that sends a lead. */
export type LeadBody = Readonly<{
  source: string;
  body: Uint8Array;
  /** The secret of its source that the body holds, because senders may put it there. Empty if there is none. */
  secret: string;
  /** Whether options gave fields. They are those of `POST /ingest` and `POST /webhook`. */
  hasOptions: boolean;
}>;

/**
 * Makes the body that sends a lead: the fields of a file, replaced by those of the options. A file that no option
 * changes is sent byte by byte.
 *
 * @param file bytes of a JSON object; without it, the options give all fields
 * @throws an InvalidArgumentError if the file is not a JSON object in UTF-8
 */
export const leadBody = (file: Uint8Array | undefined, { source: wanted, ...options }: LeadOptions): LeadBody => {
  const given = file === undefined ? {} : objectIn(file);
  // The path names the source, so that a webhook_id which names another one, or is that of a provider, has no effect.
  const source = wanted ?? (typeof given.webhook_id === 'string' ? given.webhook_id : ingestSource);
  const isIngest = source === ingestSource;
  const fields = Object.entries({
    lead_id: options.leadId,
    [isIngest ? 'lead_email' : 'email']: options.email,
    display_name: options.name,
    status: options.status,
    occurred_at: options.occurredAt,
  }).filter(([, value]) => value !== undefined);
  const isUnchanged = file !== undefined && fields.length === 0;
  return {
    source,
    body: isUnchanged ? file : Buffer.from(writeJson({ ...given, ...Object.fromEntries(fields) })),
    secret: typeof given[secretField] === 'string' ? given[secretField] : '',
    hasOptions: Object.keys(options).length > 0,
  };
};

/** The text of a file without its byte order mark. `undefined` if it is not UTF-8: its text would be sent damaged. */
const utf8In = (file: Uint8Array): string | undefined => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(file);
  } catch {
    return undefined;
  }
};

const objectIn = (file: Uint8Array): Record<string, unknown> => {
  const text = utf8In(file);
  const json = text === undefined ? E.left('not-json') : parseJson(text);
  if (E.isLeft(json) || !t.UnknownRecord.is(json.right))
    throw new InvalidArgumentError(
      'A lead is one JSON object in UTF-8, such as {"lead_id":"test-1","lead_email":"…"}. ' +
        'To send any other payload of a source: leadline sources test ID --payload FILE.',
    );
  return json.right;
};
