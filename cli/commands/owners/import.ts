import type { Command } from 'commander';
import {
  type ImportPlan,
  type ImportPorts,
  type OwnerRows,
  planImport,
  readOwnerRows,
  writeImport,
} from '../../../shared/operations/owners/import-owners';
import { counted } from '../../../shared/operations/views/counted';
import { commandWith, type Manual } from '../../manual/manual';
import { Problem } from '../../problems/problem';
import type { Session } from '../../session';
import { confirm } from '../../terminal/confirm';
import { inputChunks, orUnreadable } from '../../terminal/input-text';

type ImportOptions = Readonly<{ skipInvalid?: true; dryRun?: true; yes?: true }>;

const manual: Manual = {
  details: [
    'The file is CSV with a header, a JSON array of objects, or NDJSON: one JSON object on each line. The field lead_id ' +
      'names the lead. All other fields become the file of its owner, with the names that they have. CSV may be separated ' +
      'by commas, semicolons or tabs, and its empty cells are left out.',
    'All rows are checked first, as owners put checks a file, and all problems are shown by their lines. Nothing is ' +
      'written while a row is invalid, unless --skip-invalid is given. Files that say the same are not written again, so ' +
      'that an interrupted import can be run again.',
    'If files with other content would be replaced, leadline asks first, unless --yes is given.',
  ],
  examples: [
    ['What would change', 'leadline owners import owners.csv --dry-run'],
    ['Store the owners of a CRM', 'leadline owners import owners.csv --yes'],
  ],
  exitCodes: {
    1: 'failed, or a file was left unchanged because its row is invalid or another writer changed it',
    2: 'wrong usage, or a row is invalid; nothing was written',
  },
  seeAlso: ['owners put', 'owners check'],
};

/** `leadline owners import` */
export const importCommand = (session: Session): Command =>
  commandWith('import', manual)
    .description('Stores the files of many owners, from CSV, JSON or NDJSON')
    .argument('<file>', 'a file with a row for each lead; - is standard input')
    .option('--skip-invalid', 'store the valid rows, and leave the invalid ones out')
    .option('--dry-run', 'only check the rows, and count what would change')
    .option('--yes', 'do not ask for confirmation before other files are replaced')
    .action(async (file: string, options: ImportOptions) => {
      const { owners: files } = await session.stack();
      const { onProgress, isInterrupted } = session;
      const rows = await orUnreadable(file, readOwnerRows(inputChunks(file), files.check));
      for (const { line, problem } of rows.problems) session.note(`line ${line}: ${problem}`);
      if (rows.problems.length < rows.invalid)
        session.note(`${rows.invalid - rows.problems.length} more rows are invalid.`);
      if (rows.rows === 0) throw new Problem('usage', `The file ${file} has no rows. Nothing was written.`);
      if (rows.invalid > 0 && options.skipInvalid !== true) refuse(session, rows);
      else await importRows(session, { files, onProgress, isInterrupted }, rows, options);
    });

/** Reports the problems as the result, because a program needs their lines. */
const refuse = (session: Session, { problems, invalid, rows }: OwnerRows): void => {
  session.print({ rows, invalid, problems, written: 0 }, [
    `${invalid} of ${rows} rows are invalid. Nothing was written. Correct them, or add --skip-invalid.`,
  ]);
  session.finish({ invalidInput: true });
};

const importRows = async (
  session: Session,
  ports: ImportPorts,
  { owners, problems, invalid, rows }: OwnerRows,
  { dryRun, yes }: ImportOptions,
): Promise<void> => {
  const plan = await planImport(ports, owners);
  const checked = { rows, invalid, problems };
  const { added, replaced, unchanged } = plan;
  if (dryRun === true || session.isInterrupted()) {
    session.print({ ...checked, added, replaced, unchanged, written: 0 }, [planLine(plan, 'would be')]);
    session.finish({ leftAlone: invalid > 0 });
    return;
  }
  if (replaced > 0) session.note(planLine(plan, 'will be'));
  if (replaced > 0 && yes !== true) await confirm(session, 'Replace', replaced, 'written');
  const { written, changed } = await writeImport(ports, plan);
  for (const id of changed) session.note(`Another writer changed the file of lead ${id}. It was left as it is.`);
  session.print({ ...checked, added, replaced, unchanged, written, changed }, [
    `${written} of ${counted(plan.toWrite.length, 'file')} written, ${unchanged} unchanged, ${counted(invalid, 'row')} invalid`,
  ]);
  if (session.isInterrupted()) session.note('Interrupted. To write the rest, run the same command again.');
  session.finish({ leftAlone: invalid + changed.length > 0 });
};

const planLine = ({ added, replaced, unchanged }: ImportPlan, would: string): string =>
  `${counted(added, 'file')} ${would} added, ${replaced} ${would} replaced, ${unchanged} unchanged`;
