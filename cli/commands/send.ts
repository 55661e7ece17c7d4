import type { Command } from 'commander';
import { buffer } from 'node:stream/consumers';
import { leadId } from '../../shared/lead/lead-id';
import { ingestSource } from '../../shared/sources/payloads/lead-payload';
import { commandWith, type Manual } from '../manual/manual';
import { Problem } from '../problems/problem';
import type { Session } from '../session';
import { apiAnswer } from '../stack/api-answer';
import { leadBody, type LeadBody, type LeadOptions, withSecretField } from '../stack/lead-body';
import type { OpenApi } from '../stack/open-api';
import { askSecret } from '../terminal/ask-secret';
import { exitCodes } from '../terminal/exit-codes';
import { moment } from '../terminal/moment';
import { apiUrl } from '../terminal/options';
import { inputBytes } from '../terminal/input-text';

/** The variable from which `send` reads a secret. There is no such option: other users of a machine can see options. */
const secretVariable = 'LEADLINE_SECRET';

type SendOptions = LeadOptions & Readonly<{ apiUrl?: string }>;

const manual: Manual = {
  details: [
    `leadline reads the secret of the source from the file (secret_key), otherwise from the variable ${secretVariable}, ` +
      'otherwise from Secrets Manager. If none has it, leadline asks for it at the terminal. It never prints the secret.',
    'A lead is mailed only if it has an owner: a file in the lookup bucket. leadline owners put stores one, before or ' +
      'after the lead is sent. If it is missing when the delay ends, the lead becomes a dead letter (owner-missing).',
  ],
  examples: [
    ['A lead from options', "leadline send --lead-id test-2 --email carol@example.com --name 'Carol'"],
    ['A file, as a CRM sends it', 'leadline send events/payloads/webhook-billing.json'],
    ['Standard input, for another source', 'jq .lead export.json | leadline send - --source signup'],
  ],
  environment: { [secretVariable]: 'secret of the source that sends the lead' },
  seeAlso: ['lead', 'owners put', 'sources test', 'docs/sources.md'],
};

/** `leadline send` */
export const sendCommand = (session: Session): Command =>
  commandWith('send', manual)
    .description('Sends a lead to the API of the stack, as a CRM does')
    .argument('[file]', 'a file with a JSON object; - is standard input')
    .option('--source <id>', `the source that sends it (default: webhook_id of the file, otherwise ${ingestSource})`)
    .option('--lead-id <id>', 'id of the lead')
    .option('--email <address>', 'e-mail address of the lead')
    .option('--name <text>', 'name of the lead')
    .option('--status <text>', 'status of the lead in the CRM')
    .option('--occurred-at <time>', 'when the lead changed in the CRM', moment)
    .option('--api-url <url>', 'URL of the API, instead of that of the stack; the secret is then not looked up', apiUrl)
    .action(async (file: string | undefined, { apiUrl: url, ...options }: SendOptions, command: Command) => {
      const lead = await leadFrom(file, options, command);
      await send(session, lead, url);
    });

const leadFrom = async (file: string | undefined, options: LeadOptions, command: Command): Promise<LeadBody> => {
  const isNothing = file === undefined && Object.keys(options).every((name) => name === 'source');
  const piped = isNothing ? await pipedBytes() : undefined;
  if (piped?.byteLength === 0)
    command.error('error: give a lead by --lead-id and --email, or a file', { exitCode: exitCodes.usage });
  const bytes = file === undefined ? piped : await inputBytes(file);
  try {
    return leadBody(bytes, options);
  } catch (error) {
    return command.error(`error: ${error instanceof Error ? error.message : ''}`, { exitCode: exitCodes.usage });
  }
};

/** Standard input without `-`. A terminal is not read, because the user may not expect it. */
const pipedBytes = (): Promise<Uint8Array> =>
  process.stdin.isTTY ? Promise.resolve(new Uint8Array()) : buffer(process.stdin);

const send = async (session: Session, lead: LeadBody, url: string | undefined): Promise<void> => {
  const api = await session.api(url);
  const secret = lead.hasSecret ? undefined : await secretFor(session, api, lead);
  const request = withSecret(lead, secret);
  const response = await api.post(lead.path, request.body, request.headers);
  const { status, body } = await apiAnswer(response, `Set ${secretVariable} to the secret of source ${lead.source}.`);
  const sentId = String(body.lead_id);
  session.print({ http_status: status, ...body }, [
    `${String(body.status)}: lead ${sentId}, event ${String(body.event_id).slice(0, 12)}`,
    `To see what happens to it: leadline lead ${sentId}`,
  ]);
  // Without the right to describe the stack, the owner cannot be looked up either.
  if (url === undefined) await noteMissingOwner(session, body.lead_id);
  session.finish();
};

/** The lead is accepted, so that an owner that cannot be looked up is no error. */
const noteMissingOwner = async (session: Session, id: unknown): Promise<void> => {
  if (!leadId.is(id)) return;
  try {
    const { owners } = await session.stack();
    if ((await owners.read(id)).kind === 'missing')
      session.note(
        `Lead ${id} has no owner yet. Without one it is not mailed, and becomes a dead letter (owner-missing). ` +
          `Store one before the delay ends: leadline owners put ${id} FILE. After it, redrive the dead letter as well.`,
      );
  } catch {
    return;
  }
};

/**
 * Puts the secret into a header, or into the body if a header cannot carry it: headers are ASCII, and lose spaces at
 * their ends (RFC 9110 §5.5).
 */
const withSecret = (
  { body }: LeadBody,
  secret: string | undefined,
): Readonly<{ body: Uint8Array; headers: Readonly<Record<string, string>> }> => {
  if (secret === undefined) return { body, headers: {} };
  return /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/.test(secret)
    ? { body, headers: { 'x-webhook-secret': secret } }
    : { body: withSecretField(body, secret), headers: {} };
};

/**
 * The secret of the source that sends the lead.
 *
 * @returns `undefined` if source `ingest` has no secret: a stack whose IngestAuth is OPEN needs none
 * @throws a Problem if another source has no secret that can be found
 */
const secretFor = async (
  { interruption }: Session,
  api: OpenApi,
  { source }: LeadBody,
): Promise<string | undefined> => {
  const fromEnvironment = process.env[secretVariable] ?? '';
  if (fromEnvironment !== '') return fromEnvironment;
  const stored = await api.secretOf(source);
  if (stored.kind === 'found') return stored.secret;
  if (source === ingestSource) return undefined;
  const typed = process.stdin.isTTY ? await askSecret(`Secret of source ${source}: `, interruption) : '';
  if (typed !== '') return typed;
  throw stored.kind === 'no-such-source'
    ? new Problem('refused', `There is no source ${source}. The sources are: ${stored.known.join(', ')}.`)
    : new Problem(
        'access-denied',
        `The secret of source ${source} cannot be read from Secrets Manager (${stored.why}). ` +
          `Set ${secretVariable} to it.`,
      );
};
