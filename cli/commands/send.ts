import type { Command } from 'commander';
import { buffer } from 'node:stream/consumers';
import type { ApiResult } from '../../shared/operations/sources/api-result';
import { ingestSource } from '../../shared/sources/payloads/lead-payload';
import { commandWith, type Manual } from '../manual/manual';
import type { Session } from '../session';
import { apiAnswer } from '../stack/api-answer';
import { apiResults, problemsOf } from '../stack/api-results';
import { leadBody, type LeadBody, type LeadOptions } from '../stack/lead-body';
import { exitCodes } from '../terminal/exit-codes';
import { objectIn } from '../terminal/input-object';
import { inputBytes } from '../terminal/input-text';
import { moment } from '../terminal/moment';
import { noteMissingOwners } from '../terminal/note-missing-owners';
import { noteWarnings } from '../terminal/note-warnings';
import { apiUrl } from '../terminal/options';
import { secretVariable } from './send/given-secret';
import { sendAsSource, sendElsewhere } from './send/send-as-source';
import { shellWord } from '../terminal/shell-word';

type SendOptions = LeadOptions & Readonly<{ apiUrl?: string }>;

const manual: Manual = {
  details: [
    'The request has the secret or the signature that the settings of the source require. leadline sources test sends ' +
      `in the same way. The secret is that of the variable ${secretVariable}, otherwise the first one in Secrets ` +
      'Manager. If the scheme is body-secret, a secret in the file (secret_key) replaces both. leadline never prints a ' +
      'secret.',
    'If you may not read the settings, or with --api-url, the secret is sent as scheme body-secret does. It is that of ' +
      `the file (secret_key), otherwise that of ${secretVariable}. If there is neither, leadline asks for it at the ` +
      `terminal, except for source ${ingestSource}. If the settings cannot be read for another reason, nothing is sent.`,
    'The options give the fields of POST /ingest and POST /webhook, which a source with a mapping does not read. Give a ' +
      'file instead. Send a form, and JSON that is no object, with leadline sources test ID --payload FILE.',
    'A lead is mailed only if it has an owner: a file in the lookup bucket. leadline owners put stores one, before or ' +
      'after the lead is sent. If it is missing when the delay ends, the lead becomes a dead letter (owner-missing).',
  ],
  examples: [
    ['A lead from options', "leadline send --lead-id test-2 --email carol@example.com --name 'Carol'"],
    ['A file, as a CRM sends it', 'leadline send events/payloads/webhook-billing.json'],
    ['Standard input, for another source', 'jq .lead export.json | leadline send - --source signup'],
  ],
  exitCodes: { 1: 'failed, or the payload is no lead' },
  environment: { [secretVariable]: 'secret of the source that sends the lead' },
  needsOneOf: ['file', '--lead-id --email'],
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
    .option(
      '--api-url <url>',
      'URL of the API, instead of that of the stack; the settings of the source are then not read',
      apiUrl,
    )
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
  return leadBody(bytes && { bytes, fields: objectIn(file ?? '-', bytes, noObject) }, options);
};

const noObject =
  'A lead is one JSON object, such as {"lead_id":"test-1","lead_email":"…"}. ' +
  'To send any other payload of a source: leadline sources test ID --payload FILE.';

/** Standard input without `-`. A terminal is not read, because the user may not expect it. */
const pipedBytes = (): Promise<Uint8Array> =>
  process.stdin.isTTY ? Promise.resolve(new Uint8Array()) : buffer(process.stdin);

const send = async (session: Session, lead: LeadBody, url: string | undefined): Promise<void> => {
  const { response, forbidden } =
    url === undefined ? await sendAsSource(session, lead) : await sendElsewhere(session, lead, url);
  const { status, body } = await apiAnswer(response, forbidden);
  const results = apiResults(body);
  session.print({ http_status: status, ...body }, results.flatMap(resultLines));
  noteWarnings(session, results);
  // Without the right to describe the stack, the owner cannot be looked up either.
  if (url === undefined) await noteMissingOwners(session, results);
  session.finish({ leftAlone: results.some(({ lead_id }) => lead_id === undefined) });
};

const resultLines = (result: ApiResult): readonly string[] => {
  const { status, lead_id, event_id, quarantine_id } = result;
  if (lead_id !== undefined)
    return [
      `${status}: lead ${lead_id}, event ${String(event_id).slice(0, 12)}`,
      `To see what happens to it: leadline lead ${shellWord(lead_id)}`,
    ];
  return [
    `${status}: the payload is no lead${problemsOf(result)}`,
    ...(quarantine_id === undefined ? [] : [`It is kept. To see it: leadline quarantine show ${quarantine_id}`]),
  ];
};
