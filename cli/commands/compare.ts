import type { Command } from 'commander';
import * as TE from 'fp-ts/TaskEither';
import { writeJson } from '../../shared/codecs/json-text';
import { type CompareSettings, compareLeads, type Counts } from '../../shared/operations/compare-leads';
import { readRows } from '../../shared/operations/rows/read-rows';
import type { Row } from '../../shared/operations/rows/row';
import { sendMissing, type SentMissing } from '../../shared/operations/send-missing';
import { validSource } from '../../shared/operations/sources/change-source';
import type { ValidSource } from '../../shared/operations/sources/checked-source';
import { sampleOf } from '../../shared/operations/sources/test-sample';
import { ingestSource } from '../../shared/sources/payloads/lead-payload';
import { bodyFormatOf, isMapped } from '../../shared/sources/payloads/payload-settings';
import { readLeads } from '../../shared/sources/payloads/read-leads';
import { counted } from '../../shared/operations/views/counted';
import { commandWith, type Manual } from '../manual/manual';
import { Problem } from '../problems/problem';
import type { Session } from '../session';
import { confirm } from '../terminal/confirm';
import { inputChunks, orUnreadable } from '../terminal/input-text';
import { noteMissingOwners } from '../terminal/note-missing-owners';
import { noteWarnings } from '../terminal/note-warnings';
import { count, perSecond, sourceIdText } from '../terminal/options';
import { pacer } from '../terminal/pacer';
import { orProblem } from './sources/change-problem';
import { sendSample, type SentLead } from './sources/send-sample';

type CompareOptions = Readonly<{
  source: string;
  idField?: string;
  emailField?: string;
  nameField?: string;
  statusField?: string;
  limit: number;
  send?: true;
  rate?: number;
  yes?: true;
}>;

const manual: Manual = {
  details: [
    'The export is CSV with a header, a JSON array of objects, or NDJSON. Each row is read as the source reads its ' +
      'payloads, so that only what Leadline would store differently counts as different. If the rows do not look like ' +
      'its payloads, --id-field and --email-field name the fields, and both are needed.',
    'Shows the leads that never arrived, those whose newest event is not mailed, with its state and reason, and those ' +
      'that differ, with the names of the fields. A webhook that was never sent leaves no other trace.',
    'The numbers are those of leads, because a row can have several. A lead that is in two rows counts twice. The ' +
      'numbers from missing to fine add up to all leads that could be read, also in the counts of --json. The lists of ' +
      '--json have a lead that is not mailed and differs twice: in not_mailed and in differs.',
    'With --send, the rows of missing leads are sent as their source sends them, signed by its secret. Nothing else is ' +
      'changed. It reads the export twice, and can be run again: a lead that has arrived is not sent. It says how many of ' +
      'the sent leads have no owner, unless it was interrupted.',
  ],
  examples: [
    ['An export whose rows look like the payloads', 'leadline compare leads.ndjson --source hubspot'],
    [
      'A spreadsheet of a CRM',
      "leadline compare leads.csv --source billing --id-field 'Record ID' --email-field Email",
    ],
    ['Bring the missing leads in', 'leadline compare leads.ndjson --source hubspot --send'],
  ],
  exitCodes: { 1: 'failed, or a lead is missing, is not mailed, differs, or cannot be read' },
  seeAlso: ['lead', 'send', 'owners check'],
};

/** `leadline compare` */
export const compareCommand = (session: Session): Command =>
  commandWith('compare', manual)
    .description("Finds leads of a CRM's export that never arrived, were not mailed, or differ")
    .argument('<export>', 'the file; - is standard input')
    .requiredOption('--source <id>', 'the source that sends these leads', sourceIdText)
    .option(
      '--id-field <name>',
      'field with the id of the lead; needs --email-field. The rows are then not read by the mapping of the source',
    )
    .option('--email-field <name>', 'field with the e-mail address; needs --id-field')
    .option('--name-field <name>', 'field with the name; needs --id-field')
    .option('--status-field <name>', 'field with the status; needs --id-field')
    .option('--limit <n>', 'show at most this many leads of each group, 1 to 100000', count(100_000), 1_000)
    .option('--send', 'send the missing leads, after a question')
    .option('--rate <n>', 'send at most this many leads per second', perSecond)
    .option('--yes', 'do not ask for confirmation')
    .action(async (file: string, options: CompareOptions, command: Command) => {
      const { idField, emailField, nameField, statusField } = options;
      if (idField === undefined && [emailField, nameField, statusField].some((name) => name !== undefined))
        command.error('error: --email-field, --name-field and --status-field need --id-field', { exitCode: 2 });
      if (idField !== undefined && emailField === undefined)
        command.error('error: --id-field needs --email-field: a lead has an address', { exitCode: 2 });
      if (options.send === true && file === '-')
        command.error('error: --send reads the export twice: give a file instead of -', { exitCode: 2 });
      const settings = await settingsFor(session, options);
      const { history } = await session.stack();
      const { onProgress, isInterrupted, note } = session;
      if (options.send === true) refuseUnsendable(settings.source, options);
      let fields: readonly string[] = [];
      const rows = withFirst(readRows(inputChunks(file)), (first) => (fields = fieldsOf(first)));
      const compared = await orUnreadable(file, compareLeads({ history, onProgress, isInterrupted }, settings, rows));
      const { counts, missing, notMailed, differs, invalid } = compared;
      if (counts.rows === 0 && !isInterrupted())
        throw new Problem('usage', `The file ${file} has no rows. Nothing was compared.`);
      session.print(
        {
          counts: countsView(counts),
          missing: missing.map(({ line, leadId }) => ({ line, lead_id: leadId })),
          not_mailed: notMailed.map(({ leadId, ...rest }) => ({ ...rest, lead_id: leadId })),
          differs: differs.map(({ leadId, ...rest }) => ({ ...rest, lead_id: leadId })),
          invalid,
        },
        [
          ...missing.map(({ line, leadId }) => `line ${line}: lead ${leadId} never arrived`),
          ...notMailed.map(
            ({ line, leadId, state, reason }) =>
              `line ${line}: lead ${leadId} is not mailed: ${state}${reason === undefined ? '' : ` ${reason}`}`,
          ),
          ...differs.map(({ line, leadId, fields }) => `line ${line}: lead ${leadId} differs in ${fields.join(', ')}`),
          ...invalid.map(({ line, problem }) => `line ${line}: ${problem}`),
          ...sumLines(counts),
        ],
      );
      if (counts.leads === 0) noteUnknownColumns(note, invalid, fields, options);
      if (isInterrupted()) note('Interrupted. The rest of the export was not compared.');
      const sent =
        options.send === true && counts.missing > 0 && !isInterrupted()
          ? await send(session, file, settings, counts.missing, options)
          : undefined;
      if (sent !== undefined) note(sentText(sent, counts.missing, isInterrupted()));
      // A row that is not accepted throws: an uninterrupted run has sent each missing lead that had not arrived by then.
      const isMissing = counts.missing > 0 && (sent === undefined || isInterrupted());
      const { onlyNotMailed, onlyDiffers, notMailedAndDiffers, invalid: unread } = counts;
      session.finish({ leftAlone: isMissing || onlyNotMailed + onlyDiffers + notMailedAndDiffers + unread > 0 });
    });

/** The counts as JSON. All from `missing` to `fine` add up to `leads`, as in the text. */
const countsView = ({ onlyNotMailed, onlyDiffers, notMailedAndDiffers, ...counts }: Counts) => ({
  rows: counts.rows,
  leads: counts.leads,
  missing: counts.missing,
  only_not_mailed: onlyNotMailed,
  only_differs: onlyDiffers,
  not_mailed_and_differs: notMailedAndDiffers,
  fine: counts.fine,
  invalid: counts.invalid,
});

/** The parts of the first line add up to its leads. What could not be read is not among them. */
const sumLines = (counts: Counts): readonly string[] => {
  const { leads, rows, missing, onlyNotMailed, onlyDiffers, notMailedAndDiffers, fine, invalid } = counts;
  return [
    `${counted(leads, 'lead')} in ${counted(rows, 'row')}: ${missing} missing, ${onlyNotMailed} not mailed, ` +
      `${onlyDiffers} different, ${notMailedAndDiffers} not mailed and different, ${fine} fine`,
    ...(invalid === 0 ? [] : [`${counted(invalid, 'other lead or row', 'other leads or rows')} could not be read`]),
  ];
};

const sentText = ({ leads, rows }: SentMissing, missing: number, isCut: boolean): string => {
  const sent = `Sent ${leads} of ${counted(missing, 'missing lead')}, in ${counted(rows, 'row')}.`;
  if (isCut) return `${sent} Run the command again to send the others.`;
  const others = leads < missing ? ' The others had arrived by then, with another row or from their source.' : '';
  return `${sent}${others} Run the command again to see what became of the leads.`;
};

async function* withFirst<A>(items: AsyncIterable<A>, onFirst: (first: A) => void): AsyncGenerator<A> {
  let isFirst = true;
  for await (const item of items) {
    if (isFirst) onFirst(item);
    isFirst = false;
    yield item;
  }
}

const fieldsOf = (row: Row): readonly string[] => (row.kind === 'row' ? Object.keys(row.fields) : []);

/** How many names of fields a note shows. */
const namesShown = 30;

/** If no row has an id or an address, the columns of the export have other names than the source or the options say. */
const noteUnknownColumns = (
  note: Session['note'],
  invalid: readonly Readonly<{ problem: string }>[],
  fields: readonly string[],
  { source, idField }: CompareOptions,
): void => {
  if (!invalid.some(({ problem }) => / is missing|^has no lead$/.test(problem))) return;
  note(
    idField === undefined
      ? `No row has an id and an e-mail address where source ${source} has them. Name their fields with --id-field ` +
          'and --email-field.'
      : 'No row has both the field of --id-field and that of --email-field. Correct these names.',
  );
  const more = fields.length > namesShown ? `, and ${fields.length - namesShown} more` : '';
  if (fields.length > 0) note(`The first row has the fields: ${fields.slice(0, namesShown).join(', ')}${more}.`);
};

type Settings = Omit<CompareSettings, 'limit'> &
  Readonly<{
    limit: number;
    source: ValidSource;
    /** What the source would have sent for a row. */
    payloadOf: (row: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>;
  }>;

const settingsFor = async (session: Session, options: CompareOptions): Promise<Settings> => {
  const { source: id, idField, emailField, nameField, statusField, limit } = options;
  const { entries } = await orProblem(id, (await session.sources()).store.read);
  const source = await orProblem(id, TE.fromEither(validSource(entries, id)));
  const namespace = source.leadNamespace ?? id;
  if (idField === undefined)
    return { namespace, limit, source, read: readLeads(id, source.payload), payloadOf: (row) => row };
  const readPlain = readLeads(id, {});
  const payloadOf = (row: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> => {
    const fields = [
      ['lead_id', idField],
      [id === ingestSource ? 'lead_email' : 'email', emailField],
      ['display_name', nameField],
      ['status', statusField],
    ] as const;
    const named = fields.flatMap(([name, column]) => (column === undefined ? [] : [[name, row[column]]]));
    return Object.fromEntries(named) as Readonly<Record<string, unknown>>;
  };
  return { namespace, limit, source, read: (row) => readPlain(payloadOf(row)), payloadOf };
};

/** @throws a Problem if the rows cannot be what the source sends */
const refuseUnsendable = ({ id, payload }: ValidSource, { idField }: CompareOptions): void => {
  if (bodyFormatOf(payload) === 'form')
    throw new Problem(
      'refused',
      `Source ${id} sends forms, and the rows of an export are JSON. Send the leads from the form.`,
    );
  if (idField !== undefined && isMapped(payload))
    throw new Problem(
      'refused',
      `Source ${id} has a mapping, so that it does not read the fields that the options name. ` +
        'Give an export whose rows look like its payloads, without --id-field.',
    );
};

const send = async (
  session: Session,
  file: string,
  { source, payloadOf, namespace, read }: Settings,
  total: number,
  { rate, yes }: CompareOptions,
): Promise<SentMissing> => {
  if (yes !== true) await confirm(session, `Send the missing leads as source ${source.id}:`, total, 'sent');
  const [{ history }, sources] = await Promise.all([session.stack(), session.sources()]);
  const { onProgress, isInterrupted, interruption } = session;
  const sent: SentLead[] = [];
  return orUnreadable(
    file,
    sendMissing(
      {
        ...{ history, onProgress, isInterrupted, pace: pacer(rate, interruption) },
        send: async (payload) => {
          const sample = sampleOf(source.payload, Buffer.from(writeJson(payload)));
          sent.push(...(await sendSample(session, sources, source, sample, false)));
        },
      },
      { namespace, read, payloadOf, total },
      readRows(inputChunks(file)),
    ),
  ).finally(() => {
    noteWarnings(session, sent);
    return noteMissingOwners(session, sent);
  });
};
