import type { Command } from 'commander';
import * as TE from 'fp-ts/TaskEither';
import { type CompareSettings, compareLeads } from '../../shared/operations/compare-leads';
import { readRows } from '../../shared/operations/rows/read-rows';
import { validSource } from '../../shared/operations/sources/change-source';
import { ingestSource } from '../../shared/sources/payloads/lead-payload';
import { readLeads } from '../../shared/sources/payloads/read-leads';
import { commandWith, type Manual } from '../manual/manual';
import type { Session } from '../session';
import { inputChunks, orUnreadable } from '../terminal/input-text';
import { count, sourceIdText } from '../terminal/options';
import { orProblem } from './sources/change-problem';

type CompareOptions = Readonly<{
  source: string;
  idField?: string;
  emailField?: string;
  nameField?: string;
  statusField?: string;
  limit: number;
}>;

const manual: Manual = {
  details: [
    'The export is CSV with a header, a JSON array of objects, or NDJSON. Each row is read as the source reads its ' +
      'payloads, so that only what Leadline would store differently counts as different. If the rows do not look like ' +
      'its payloads, the options name the fields.',
    'Shows the leads that never arrived, those whose newest event is not mailed, with its state and reason, and those ' +
      'that differ, with the names of the fields. A webhook that was never sent leaves no other trace. Nothing is changed.',
  ],
  examples: [
    ['An export whose rows look like the payloads', 'leadline compare leads.ndjson --source hubspot'],
    [
      'A spreadsheet of a CRM',
      "leadline compare leads.csv --source billing --id-field 'Record ID' --email-field Email",
    ],
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
      'field with the id of the lead; the rows are then not read by the mapping of the source',
    )
    .option('--email-field <name>', 'field with the e-mail address; needs --id-field')
    .option('--name-field <name>', 'field with the name; needs --id-field')
    .option('--status-field <name>', 'field with the status; needs --id-field')
    .option('--limit <n>', 'show at most this many leads of each group, 1 to 100000', count(100_000), 1_000)
    .action(async (file: string, options: CompareOptions, command: Command) => {
      const { idField, emailField, nameField, statusField } = options;
      if (idField === undefined && [emailField, nameField, statusField].some((name) => name !== undefined))
        command.error('error: --email-field, --name-field and --status-field need --id-field', { exitCode: 2 });
      if (idField !== undefined && emailField === undefined)
        command.error('error: --id-field needs --email-field: a lead has an address', { exitCode: 2 });
      const settings = await settingsFor(session, options);
      const { history } = await session.stack();
      const { onProgress, isInterrupted, note } = session;
      const compared = await orUnreadable(
        file,
        compareLeads({ history, onProgress, isInterrupted }, settings, readRows(inputChunks(file))),
      );
      const { counts, missing, notMailed, differs, invalid } = compared;
      session.print(
        {
          counts,
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
          `${counts.rows} rows: ${counts.missing} missing, ${counts.notMailed} not mailed, ${counts.differs} different, ` +
            `${counts.fine} fine, ${counts.invalid} not readable`,
        ],
      );
      if (isInterrupted()) note('Interrupted. The rest of the export was not compared.');
      session.finish({ leftAlone: counts.fine < counts.rows });
    });

const settingsFor = async (session: Session, options: CompareOptions): Promise<CompareSettings> => {
  const { source: id, idField, emailField, nameField, statusField, limit } = options;
  const { entries } = await orProblem(id, (await session.sources()).store.read);
  const { payload, leadNamespace } = await orProblem(id, TE.fromEither(validSource(entries, id)));
  const namespace = leadNamespace ?? id;
  if (idField === undefined) return { namespace, limit, read: readLeads(id, payload) };
  const readPlain = readLeads(id, {});
  const valueOf = (row: Readonly<Record<string, unknown>>, name: string | undefined): unknown =>
    name === undefined ? undefined : row[name];
  return {
    namespace,
    limit,
    read: (row) =>
      readPlain({
        lead_id: valueOf(row, idField),
        [id === ingestSource ? 'lead_email' : 'email']: valueOf(row, emailField),
        display_name: valueOf(row, nameField),
        status: valueOf(row, statusField),
      }),
  };
};
