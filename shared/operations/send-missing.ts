import * as E from 'fp-ts/Either';
import { type ComparePorts, type CompareSettings, storedLead } from './compare-leads';
import type { Pace } from './pace';
import type { Row } from './rows/row';
import { withProgressReport } from './unfinished';

type SendMissingPorts = ComparePorts &
  Readonly<{
    /** Sends the payload of a row as its source does. @throws if it is not accepted */
    send: (payload: Readonly<Record<string, unknown>>) => Promise<void>;
    pace: Pace;
  }>;

type SendMissingSettings = Omit<CompareSettings, 'limit'> &
  Readonly<{
    /** What the source would have sent for a row. */
    payloadOf: (row: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>;
    /** How many leads are missing, about. Only for the progress. */
    total: number;
  }>;

/** `leads`: how many missing leads the sent rows had. `rows`: how many rows were sent. */
export type SentMissing = Readonly<{ leads: number; rows: number }>;

/**
 * Sends the rows of an export whose leads never arrived, one after the other. It looks for each lead again right before,
 * so that it can be repeated, and sends none that arrived meanwhile. Rows that cannot be read are left out.
 *
 * @throws an Unfinished with the number `sent` of leads if a row is not accepted, or a port fails. Running it again
 *   continues
 */
export const sendMissing = async (
  { history, send, pace, onProgress, isInterrupted }: SendMissingPorts,
  { namespace, read, payloadOf, total }: SendMissingSettings,
  rows: AsyncIterable<Row>,
): Promise<SentMissing> => {
  let sent = 0;
  let sentRows = 0;
  const missingIn = async (row: Row): Promise<number> => {
    let missing = 0;
    for (const { fields } of row.kind === 'problem' ? [] : read(row.fields))
      if (E.isRight(fields) && (await storedLead({ history }, namespace, fields.right.lead_id)) === undefined)
        missing += 1;
    return missing;
  };
  await withProgressReport(
    () => ({ sent }),
    async () => {
      for await (const row of rows) {
        if (isInterrupted()) return;
        const missing = await missingIn(row);
        if (row.kind === 'problem' || missing === 0) continue;
        await pace(() => Promise.resolve());
        if (isInterrupted()) return;
        await send(payloadOf(row.fields));
        sentRows += 1;
        sent += missing;
        onProgress('sent', sent, Math.max(sent, total));
      }
    },
  );
  return { leads: sent, rows: sentRows };
};
