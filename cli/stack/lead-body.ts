import { InvalidArgumentError } from 'commander';
import * as E from 'fp-ts/Either';
import * as t from 'io-ts';
import { ingestSource } from '../../shared/sources/payloads/lead-payload';
import { parseJson, writeJson } from '../../shared/codecs/json-text';
import { secretField } from '../../shared/sources/sent-payload';

/** What the options of `leadline send` say about a lead. */
export type LeadOptions = Readonly<{
  source?: string;
  leadId?: string;
  email?: string;
  name?: string;
  status?: string;
  occurredAt?: string;
}>;

/** A request that brings a lead. */
export type LeadBody = Readonly<{
  path: '/ingest' | '/webhook';
  source: string;
  body: Uint8Array;
  /** Whether the body has the secret of its source, as senders may put it there. */
  hasSecret: boolean;
}>;

/**
 * Makes the request that brings a lead: what a file says, with the options' fields in place of the file's. A file that no option changes is sent
 * byte by byte.
 *
 * @param file a JSON object, without which the options say all
 * @throws an InvalidArgumentError for what is no JSON object
 */
export const leadBody = (file: Uint8Array | undefined, options: LeadOptions): LeadBody => {
  const given = file === undefined ? {} : objectIn(file);
  const named = typeof given.webhook_id === 'string' ? given.webhook_id : ingestSource;
  const source = options.source ?? named;
  const isIngest = source === ingestSource;
  const fields = Object.entries({
    // The other route knows its source by this field.
    ...(isIngest || source === given.webhook_id ? {} : { webhook_id: source }),
    lead_id: options.leadId,
    [isIngest ? 'lead_email' : 'email']: options.email,
    display_name: options.name,
    status: options.status,
    occurred_at: options.occurredAt,
  }).filter(([, value]) => value !== undefined);
  const isUnchanged = file !== undefined && fields.length === 0;
  return {
    path: isIngest ? '/ingest' : '/webhook',
    source,
    body: isUnchanged ? file : Buffer.from(writeJson({ ...given, ...Object.fromEntries(fields) })),
    hasSecret: typeof given[secretField] === 'string' && given[secretField] !== '',
  };
};

/** A body with a secret in the field from which senders prove who they are. */
export const withSecretField = (body: Uint8Array, secret: string): Uint8Array =>
  Buffer.from(writeJson({ ...objectIn(body), [secretField]: secret }));

/** Without its byte order mark. Nothing where it is another encoding: a lead must not be sent damaged. */
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
      'A lead is one JSON object in UTF-8, such as {"lead_id":"test-1","lead_email":"…"}.',
    );
  return json.right;
};
