import * as E from 'fp-ts/Either';
import { problemText } from '../codecs/validation-problem';
import type { LeadId } from '../lead/lead-id';
import type { FoundLead, LeadHistory } from '../ports/lead-search';
import type { LeadFields } from '../sources/payloads/lead-fields';
import type { FieldsRead } from '../sources/payloads/read-fields';
import type { EventState } from '../stored/event-state';
import { eachAtOnce } from './at-once';
import type { OnProgress } from './progress';
import type { Row } from './rows/row';

export type ComparePorts = Readonly<{
  history: (leadId: LeadId) => Promise<Pick<LeadHistory, 'leads'>>;
  onProgress: OnProgress;
  isInterrupted: () => boolean;
}>;

export type CompareSettings = Readonly<{
  /** That of the source: leads of another namespace are other leads. */
  namespace: string;
  /** Reads a row as the source's payloads are read. */
  read: (row: Readonly<Record<string, unknown>>) => readonly FieldsRead[];
  /** How many leads of each group are kept. All are counted. */
  limit: number;
}>;

type OfRow = Readonly<{ line: number; leadId: LeadId }>;

/**
 * Counts leads, because a row can have several: `leads` are those that could be read. A lead that is in two rows counts
 * twice. `missing`, `onlyNotMailed`, `onlyDiffers`, `notMailedAndDiffers` and `fine` count each of them once. `rows` are
 * the rows, and `invalid` the rows and leads that could not be read.
 */
export type Counts = Readonly<
  Record<
    'rows' | 'leads' | 'missing' | 'onlyNotMailed' | 'onlyDiffers' | 'notMailedAndDiffers' | 'fine' | 'invalid',
    number
  >
>;

/** The leads of an export by what became of them. Each list is limited; `counts` has all. */
type Comparison = Readonly<{
  counts: Counts;
  missing: readonly OfRow[];
  notMailed: readonly (OfRow & Readonly<{ state: EventState; reason?: string }>)[];
  /** The names of the fields that differ. Their values may be personal. */
  differs: readonly (OfRow & Readonly<{ fields: readonly string[] }>)[];
  invalid: readonly Readonly<{ line: number; problem: string }>[];
}>;

/** The lead of an id in a namespace. @returns `undefined` if it never arrived */
export const storedLead = async (
  { history }: Pick<ComparePorts, 'history'>,
  namespace: string,
  leadId: LeadId,
): Promise<FoundLead | undefined> => (await history(leadId)).leads.find(({ lead }) => lead.namespace === namespace);

/** How many leads are read at once. */
const leadsAtOnce = 16;

/**
 * Compares the rows of a CRM's export with the stored leads. It keeps one row for each call in flight, so that an export
 * of any length needs little memory.
 *
 * @throws a StoreError if the table does not answer; an UnreadableFile if the export cannot be read to its end
 */
export const compareLeads = async (
  { history, onProgress, isInterrupted }: ComparePorts,
  { namespace, read, limit }: CompareSettings,
  rows: AsyncIterable<Row>,
): Promise<Comparison> => {
  const counts = {
    ...{ rows: 0, leads: 0, missing: 0, onlyNotMailed: 0, onlyDiffers: 0, notMailedAndDiffers: 0 },
    ...{ fine: 0, invalid: 0 },
  };
  const missing: Comparison['missing'][number][] = [];
  const notMailed: Comparison['notMailed'][number][] = [];
  const differs: Comparison['differs'][number][] = [];
  const invalid: Comparison['invalid'][number][] = [];
  const keep = <A>(list: A[], item: A): void => void (list.length < limit && list.push(item));

  const compare = async (line: number, lead: LeadFields): Promise<void> => {
    const { lead_id: leadId } = lead;
    counts.leads += 1;
    const found = await storedLead({ history }, namespace, leadId);
    if (found === undefined) {
      counts.missing += 1;
      return void keep(missing, { line, leadId });
    }
    // A lead whose event has expired was mailed or given up long ago.
    const { event } = found;
    const isMailed = event === undefined || event.state === 'NOTIFIED';
    if (!isMailed) {
      const reason = event.reason === undefined ? {} : { reason: event.reason };
      keep(notMailed, { line, leadId, state: event.state, ...reason });
    }
    const fields = (['email', 'display_name', 'status'] as const).filter(
      (name) => lead[name] !== undefined && lead[name] !== found.lead[name],
    );
    const isDifferent = fields.length > 0;
    if (isDifferent) keep(differs, { line, leadId, fields });
    if (isMailed) counts[isDifferent ? 'onlyDiffers' : 'fine'] += 1;
    else counts[isDifferent ? 'notMailedAndDiffers' : 'onlyNotMailed'] += 1;
  };

  const refuse = (line: number, problem: string): void => {
    counts.invalid += 1;
    keep(invalid, { line, problem });
  };
  await eachAtOnce(
    leadsAtOnce,
    rows,
    async (row) => {
      counts.rows += 1;
      if (row.kind === 'problem') return void refuse(row.line, row.problem);
      const readings = read(row.fields);
      if (readings.length === 0) return void refuse(row.line, 'has no lead');
      for (const { fields } of readings)
        if (E.isLeft(fields)) refuse(row.line, fields.left.map(problemText).join('; '));
        else await compare(row.line, fields.right);
      onProgress('compared', counts.rows, counts.rows);
    },
    isInterrupted,
  );
  const byLine = <A extends Readonly<{ line: number }>>(list: A[]): A[] => list.sort((a, b) => a.line - b.line);
  return {
    counts,
    missing: byLine(missing),
    notMailed: byLine(notMailed),
    differs: byLine(differs),
    invalid: byLine(invalid),
  };
};
