import { ingestSource } from '../../shared/sources/payloads/lead-payload';
import { writeJson } from '../../shared/codecs/json-text';
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

type LeadFile = Readonly<{ bytes: Uint8Array; fields: Readonly<Record<string, unknown>> }>;

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
 * @param file a JSON object: its bytes, and what they are parsed to. Without it, the options give all fields
 */
export const leadBody = (file: LeadFile | undefined, { source: wanted, ...options }: LeadOptions): LeadBody => {
  const given = file?.fields ?? {};
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
    body: isUnchanged ? file.bytes : Buffer.from(writeJson({ ...given, ...Object.fromEntries(fields) })),
    secret: typeof given[secretField] === 'string' ? given[secretField] : '',
    hasOptions: Object.keys(options).length > 0,
  };
};
