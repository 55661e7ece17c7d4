import type { LeadRow } from '../../../api/leads';
import type { SortColumn } from '../../app/leads-search';
import { visible } from '../../format/visible';
import type { Column } from '../../parts/data-table';
import { Personal } from '../../parts/personal';
import { StateBadge } from '../../parts/state-badge';
import { Time } from '../../parts/time';
import { Link } from '../../parts/link';

/** The longest text of a cell, in characters. A cell shows one line, and a sender may send 10,000 characters. */
const longest = 200;

const Text = ({ value }: Readonly<{ value: string | null }>) =>
  value === null || value === '' ? <span className="dim">–</span> : <>{visible(value.slice(0, longest))}</>;

export const columns: readonly (Column<LeadRow> & Readonly<{ id: SortColumn | 'email' }>)[] = [
  {
    ...{ id: 'lead', title: 'Lead', isSortable: true },
    cell: ({ lead_id, event_id }) => (
      <Link
        to="/leads/lead"
        search={{ id: lead_id, event: event_id }}
        className="mono lead-id whole-id"
        title={visible(lead_id.slice(0, longest))}
      >
        {visible(lead_id.slice(0, longest))}
      </Link>
    ),
  },
  {
    ...{ id: 'name', title: 'Name', isSortable: true, hidden: 'phone' },
    cell: ({ display_name }) => <Personal value={display_name?.slice(0, longest)} />,
  },
  {
    ...{ id: 'email', title: 'E-mail', hidden: 'narrow', width: '18%' },
    cell: ({ email }) => <Personal value={email?.slice(0, longest)} />,
  },
  {
    ...{ id: 'status', title: 'Status', isSortable: true, hidden: 'narrow' },
    cell: ({ status }) => <Text value={status} />,
  },
  {
    ...{ id: 'owner', title: 'Owner', isSortable: true, hidden: 'narrow' },
    cell: ({ owner_name }) => <Text value={owner_name} />,
  },
  {
    ...{ id: 'source', title: 'Source', isSortable: true, hidden: 'phone', width: '11%' },
    cell: ({ source }) => <Text value={source} />,
  },
  {
    ...{ id: 'state', title: 'State', isSortable: true, width: '140px' },
    cell: ({ state, reason }) =>
      state === null ? (
        <span className="dim">expired</span>
      ) : (
        <span title={reason ?? undefined}>
          <StateBadge state={state} />
        </span>
      ),
  },
  {
    ...{ id: 'updated', title: 'Updated', isSortable: true, isRight: true, hidden: 'phone', width: '108px' },
    cell: ({ updated_at }) => <Time at={updated_at} />,
  },
];
