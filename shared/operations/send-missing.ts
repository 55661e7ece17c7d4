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

/**
 * Sends the rows of an export whose leads never arrived, one after the other. It looks for each lead again right before,
 * so that it can be repeated, and sends none that arrived meanwhile. Rows that cannot be read are left out.
 *
 * @returns how many rows were sent
 * @throws an Unfinished with the number `sent` if a row is not accepted, or a port fails. Running it again continues
 */
export const sendMissing = async (
  { history, send, pace, onProgress, isInterrupted }: SendMissingPorts,
  { namespace, read, payloadOf, total }: SendMissingSettings,
  rows: AsyncIterable<Row>,
): Promise<number> => {
  let sent = 0;
  const isMissing = async (row: Extract<Row, { kind: 'row' }>): Promise<boolean> => {
    for (const { fields } of read(row.fields)) {
      if (E.isRight(fields) && (await storedLead({ history }, namespace, fields.right.lead_id)) === undefined)
        return true;
    }
    return false;
  };
  await withProgressReport(
    () => ({ sent }),
    async () => {
      for await (const row of rows) {
        if (isInterrupted()) return;
        if (row.kind === 'problem' || !(await isMissing(row))) continue;
        await pace(() => Promise.resolve());
        if (isInterrupted()) return;
        await send(payloadOf(row.fields));
        onProgress('sent', (sent += 1), Math.max(sent, total));
      }
    },
  );
  return sent;
};
