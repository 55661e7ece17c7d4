import type { failedEventView } from '../../shared/operations/views/failed-event-view';
import { tableRow } from './table-row';

const row = tableRow([14, 24, 14, 20, 0]);

export const failedEventHeading = row(['EVENT', 'LEAD', 'SOURCE', 'REASON', 'FAILED']);

/** A failed event as a row under `failedEventHeading`. */
export const failedEventRow = ({
  id,
  lead_id,
  source,
  reason,
  failed_at,
}: ReturnType<typeof failedEventView>): string =>
  row([id.slice(0, 12), lead_id, source, reason ?? '–', failed_at ?? '–']);
