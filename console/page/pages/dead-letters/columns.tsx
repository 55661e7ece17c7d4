import type { DeadLetterRow } from '../../../api/dead-letters';
import { reasonTexts } from '../../../../shared/operations/views/reason-text';
import { visible } from '../../format/visible';
import type { Column } from '../../parts/data-table';
import { Link } from '../../parts/link';
import { Badge } from '../../parts/state-badge';
import { Time } from '../../parts/time';

/** The longest text of a cell, in characters. */
const longest = 140;

export const columns: readonly Column<DeadLetterRow>[] = [
  {
    ...{ id: 'lead', title: 'Lead' },
    cell: ({ lead_id, message }) => (
      <Link
        to="/dead-letters/letter"
        search={{ id: message }}
        className="mono whole-id"
        title={lead_id === null ? undefined : visible(lead_id.slice(0, longest))}
      >
        {lead_id === null ? <span className="dim">no lead</span> : visible(lead_id.slice(0, longest))}
      </Link>
    ),
  },
  {
    ...{ id: 'reason', title: 'Reason', width: '198px' },
    cell: ({ reason, reason_detail }) => (
      <span title={reason_detail === null ? reasonTexts[reason].why : visible(reason_detail)}>
        <Badge tone="bad">{reason}</Badge>
      </span>
    ),
  },
  {
    ...{ id: 'source', title: 'Source', hidden: 'phone', width: '16%' },
    cell: ({ source }) => (source === null ? <span className="dim">–</span> : visible(source.slice(0, longest))),
  },
  {
    ...{ id: 'event', title: 'Event', hidden: 'narrow', width: '130px' },
    cell: ({ id }) => (
      <span className="mono dim" title={visible(id)}>
        {visible(id.slice(0, 12))}
      </span>
    ),
  },
  {
    ...{ id: 'attempts', title: 'Tries', hidden: 'narrow', width: '70px', isRight: true },
    cell: ({ attempts }) => attempts ?? <span className="dim">–</span>,
  },
  {
    ...{ id: 'since', title: 'Sent', hidden: 'phone', width: '104px', isRight: true },
    cell: ({ since }) => <Time at={since} />,
  },
  {
    ...{ id: 'expires', title: 'Deleted', hidden: 'narrow', width: '104px', isRight: true },
    cell: ({ expires_at }) => <Time at={expires_at} />,
  },
];
