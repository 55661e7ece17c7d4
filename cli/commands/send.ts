import { Command } from 'commander';
import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { ingestSource } from '../../shared/sources/payloads/lead-payload';
import { apiAnswer } from '../stack/api-answer';
import { askSecret } from '../terminal/ask-secret';
import { exitCodes } from '../terminal/exit-codes';
import { leadBody, withSecretField, type LeadBody, type LeadOptions } from '../stack/lead-body';
import { moment } from '../terminal/moment';
import type { OpenApi } from '../stack/open-api';
import { apiUrl } from '../terminal/options';
import { Problem } from '../problems/problem';
import type { Session } from '../session';

/** Where `leadline send` takes a secret from first. It is no option: other users of a machine can read options. */
export const secretVariable = 'LEADLINE_SECRET';

type Sending = LeadOptions & Readonly<{ apiUrl?: string }>;

/** `leadline send` */
export const sendCommand = (session: Session): Command =>
  new Command('send')
    .description('Sends a lead to the API of the stack, as a CRM does')
    .argument('[file]', 'a JSON object; - is standard input')
    .option('--source <id>', `who sends it (default: webhook_id of the file, or ${ingestSource})`)
    .option('--lead-id <id>', 'the lead')
    .option('--email <address>', "the lead's address")
    .option('--name <text>', "the lead's name")
    .option('--status <text>', 'its status in the CRM')
    .option('--occurred-at <time>', 'when that became so', moment)
    .option(
      '--api-url <url>',
      'where to, instead of the API that the stack names; its secret is then not looked up',
      apiUrl,
    )
    .addHelpText(
      'after',
      `
The secret of the source is that in the file (secret_key), or the variable ${secretVariable}, or the one in Secrets Manager. If there is none,
a person at the terminal is asked for it. No output has it.`,
    )
    .action(async (file: string | undefined, { apiUrl: url, ...options }: Sending, command: Command) => {
      const isNothing = file === undefined && Object.keys(options).every((name) => name === 'source');
      if (isNothing && process.stdin.isTTY)
        command.error('error: give a lead by --lead-id and --email, or a file', { exitCode: exitCodes.usage });
      const isPiped = file === '-' || isNothing;
      const text = isPiped ? await buffer(process.stdin) : file === undefined ? undefined : await contentOf(file);
      const lead = understood(command, () => leadBody(text, options));
      const api = await session.api(url);
      const secret = lead.hasSecret ? undefined : await secretFor(session, api, lead);
      const { body: bytes, headers } = proving(lead, secret);
      const response = await api.post(lead.path, bytes, headers);
      const { status, body } = await apiAnswer(
        response,
        `Set ${secretVariable} to the secret of source ${lead.source}.`,
      );
      const leadId = String(body.lead_id);
      session.print({ http_status: status, ...body }, [
        `${String(body.status)}: lead ${leadId}, event ${String(body.event_id).slice(0, 12)}`,
        `What becomes of it: leadline lead ${leadId}`,
      ]);
      session.finish();
    });

/** In the header, or where that can't carry it, in the body: headers are ASCII, and lose spaces at their ends (RFC 9110 §5.5). */
const proving = (
  { body }: LeadBody,
  secret: string | undefined,
): Readonly<{ body: Uint8Array; headers: Readonly<Record<string, string>> }> => {
  if (secret === undefined) return { body, headers: {} };
  return /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/.test(secret)
    ? { body, headers: { 'x-webhook-secret': secret } }
    : { body: withSecretField(body, secret), headers: {} };
};

/** @throws a Problem if there is no such file */
const contentOf = (file: string): Promise<Buffer> =>
  readFile(file).catch((error: unknown) => {
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    throw new Problem('usage', `The file ${file} can not be read: ${code}.`);
  });

const understood = <A>(command: Command, read: () => A): A => {
  try {
    return read();
  } catch (error) {
    return command.error(`error: ${error instanceof Error ? error.message : ''}`, { exitCode: exitCodes.usage });
  }
};

/**
 * The secret that proves who sends the lead.
 *
 * @returns `undefined` if source `ingest` has none: a stack whose IngestAuth is OPEN needs none
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
  if (process.stdin.isTTY && source !== ingestSource) {
    const typed = await askSecret(`Secret of source ${source}: `, interruption);
    if (typed !== '') return typed;
  }
  if (source === ingestSource) return undefined;
  throw stored.kind === 'no-such-source'
    ? new Problem('refused', `There is no source ${source}. There are: ${stored.known.join(', ')}.`)
    : new Problem(
        'access-denied',
        `The secret of source ${source} can not be read from Secrets Manager (${stored.why}). Set ${secretVariable} to it.`,
      );
};
