import type { MissingRow } from '../../../api/dead-letters';
import { visible } from '../../format/visible';
import type { Column } from '../../parts/data-table';
import { Link } from '../../parts/link';
import { Badge } from '../../parts/state-badge';
import { Time } from '../../parts/time';

export const missingColumns: readonly Column<MissingRow>[] = [
  {
    ...{ id: 'lead', title: 'Lead' },
    cell: ({ lead_id, event_id }) => (
      <Link to="/leads/lead" search={{ id: lead_id, event: event_id }} className="mono">
        {visible(lead_id)}
      </Link>
    ),
  },
  {
    ...{ id: 'reason', title: 'Reason', width: '198px' },
    cell: ({ reason }) => (reason === null ? <span className="dim">–</span> : <Badge tone="bad">{reason}</Badge>),
  },
  { ...{ id: 'source', title: 'Source', hidden: 'phone', width: '18%' }, cell: ({ source }) => visible(source) },
  {
    ...{ id: 'mailed', title: 'Mail', hidden: 'narrow', width: '130px' },
    cell: ({ maybe_mailed: isMaybe }) => (isMaybe ? 'may be sent' : <span className="dim">not sent</span>),
  },
  {
    ...{ id: 'failed', title: 'Failed', hidden: 'phone', width: '110px', isRight: true },
    cell: ({ failed_at }) => (failed_at === null ? '–' : <Time at={failed_at} />),
  },
];
