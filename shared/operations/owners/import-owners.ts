import * as E from 'fp-ts/Either';
import { canonicalJson, writeJson } from '../../codecs/json-text';
import { expectationOf } from '../../codecs/validation-problem';
import { leadId, type LeadId } from '../../lead/lead-id';
import { readLeadId } from '../../lead/read-lead-id';
import { eachAtOnce } from '../at-once';
import type { OnProgress } from '../progress';
import { readRows } from '../rows/read-rows';
import { type Row, UnreadableFile } from '../rows/row';
import { withProgressReport } from '../unfinished';
import { checkNewOwner } from './check-new-owner';
import { filesAtOnce, type OwnerFiles } from './owner-files';
import { planOwner, type PlannedOwner, writeOwner, type WrittenOwner } from './put-owner';

/** The field of a row that names the lead. All other fields of the row become the file of the owner. */
const leadIdField = 'lead_id';

/** The largest import, in bytes: all of it is checked before anything is written, so that it must fit into memory. */
const maxImportBytes = 256 * 1024 * 1024;

/** How many problems are kept. All are counted. */
const problemsKept = 1_000;

type RowProblem = Readonly<{ line: number; problem: string }>;

/** The valid rows of a file, and why the others are invalid. */
export type OwnerRows = Readonly<{
  /** By lead: the file, and the line of its row. */
  owners: ReadonlyMap<LeadId, Readonly<{ body: Uint8Array; line: number }>>;
  /** The first problems, by line. */
  problems: readonly RowProblem[];
  /** How many rows are invalid. */
  invalid: number;
  rows: number;
}>;

/**
 * Reads and checks all rows of a CSV, JSON or NDJSON file. Two rows of a lead with the same fields count as one.
 *
 * @throws an UnreadableFile if the file cannot be read to its end, or is too large
 */
export const readOwnerRows = async (
  chunks: AsyncIterable<Uint8Array>,
  check: OwnerFiles['check'],
): Promise<OwnerRows> => {
  const owners = new Map<LeadId, Readonly<{ body: Uint8Array; line: number }>>();
  const problems: RowProblem[] = [];
  let invalid = 0;
  let rows = 0;
  const refuse = (line: number, problem: string): void => {
    invalid += 1;
    if (problems.length < problemsKept) problems.push({ line, problem });
  };
  for await (const row of readRows(bounded(chunks))) {
    rows += 1;
    const read = ownerIn(row, check);
    if (E.isLeft(read)) {
      refuse(row.line, read.left);
      continue;
    }
    const { id, file } = read.right;
    const before = owners.get(id);
    if (before === undefined) {
      owners.set(id, { body: Buffer.from(writeJson(file)), line: row.line });
      continue;
    }
    const first = check(before.body);
    if (first.kind === 'invalid' || canonicalJson(first.owner) !== canonicalJson(file))
      refuse(row.line, `${leadIdField} is that of line ${before.line}, with other fields`);
  }
  return { owners, problems, invalid, rows };
};

async function* bounded(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.byteLength;
    if (bytes > maxImportBytes) throw new UnreadableFile(`it has more than ${maxImportBytes} bytes. Split it`);
    yield chunk;
  }
}

type OwnerRow = Readonly<{ id: LeadId; file: Readonly<Record<string, unknown>> }>;

const ownerIn = (row: Row, check: OwnerFiles['check']): E.Either<string, OwnerRow> => {
  if (row.kind === 'problem') return E.left(row.problem);
  const { [leadIdField]: sent, ...file } = row.fields;
  const id = readLeadId(sent);
  if (id.kind === 'absent') return E.left(`${leadIdField} is missing`);
  if (id.kind === 'unreadable') return E.left(`${leadIdField} ${expectationOf(leadId.name)}`);
  const checked = checkNewOwner(check, Buffer.from(writeJson(file)));
  return checked.kind === 'invalid' ? E.left(checked.problems.join('; ')) : E.right({ id: id.value, file });
};

export type ImportPorts = Readonly<{
  files: Pick<OwnerFiles, 'check' | 'read' | 'write'>;
  onProgress: OnProgress;
  isInterrupted: () => boolean;
}>;

/** What an import would change. `toWrite` has only files that are new or say something else. */
export type ImportPlan = Readonly<{
  toWrite: readonly PlannedOwner[];
  added: number;
  replaced: number;
  unchanged: number;
}>;

/**
 * Compares the owners with the stored files. An interruption ends it early, with a plan of a part of the owners.
 *
 * @throws a StoreError if the bucket does not answer. Nothing was written
 */
export const planImport = async (
  { files, onProgress, isInterrupted }: ImportPorts,
  owners: OwnerRows['owners'],
): Promise<ImportPlan> => {
  const toWrite: PlannedOwner[] = [];
  let done = 0;
  let unchanged = 0;
  await eachAtOnce(
    filesAtOnce,
    owners,
    async ([id, { body }]) => {
      const planned = await planOwner(files, id, body);
      done += 1;
      onProgress('compared', done, owners.size);
      if (E.isLeft(planned)) return;
      if (planned.right.change === 'same') unchanged += 1;
      else toWrite.push(planned.right);
    },
    isInterrupted,
  );
  const replaced = toWrite.filter(({ change }) => change === 'replaces').length;
  return { toWrite, added: toWrite.length - replaced, replaced, unchanged };
};

type Imported = Readonly<{
  written: number;
  /** Leads whose files another writer changed in the meantime. They are left as they are. */
  changed: readonly LeadId[];
}>;

/**
 * Writes planned files.
 *
 * @param onDone is called for each file that is written or left alone. A writing that ended early goes on with the others
 * @throws an Unfinished with the count `written` if the bucket does not answer
 */
export const writeImport = async (
  { files, onProgress, isInterrupted }: ImportPorts,
  { toWrite }: Pick<ImportPlan, 'toWrite'>,
  onDone: (planned: PlannedOwner, result: WrittenOwner) => void = () => undefined,
): Promise<Imported> => {
  let written = 0;
  const changed: LeadId[] = [];
  await withProgressReport(
    () => ({ written }),
    () =>
      eachAtOnce(
        filesAtOnce,
        toWrite,
        async (planned) => {
          const result = await writeOwner(files, planned);
          if (result === 'changed') changed.push(planned.leadId);
          else written += 1;
          onDone(planned, result);
          onProgress('written', written + changed.length, toWrite.length);
        },
        isInterrupted,
      ),
  );
  return { written, changed: changed.sort() };
};
