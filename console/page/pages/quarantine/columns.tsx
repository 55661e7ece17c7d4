import type { QuarantineRow } from '../../../api/quarantine';
import { visible } from '../../format/visible';
import type { Column } from '../../parts/data-table';
import { Link } from '../../parts/link';
import { StateBadge } from '../../parts/state-badge';
import { Time } from '../../parts/time';
import { problemText } from '../../../../shared/codecs/validation-problem';
import { sentence } from './sentence';

/** The longest text of a cell, in characters. */
const longest = 300;

export const columns: readonly Column<QuarantineRow>[] = [
  {
    ...{ id: 'id', title: 'Request', width: '130px' },
    cell: ({ source, id }) => (
      <Link to="/quarantine/request" search={{ source, id }} className="mono" title={visible(id)}>
        {visible(id.slice(0, 12))}
      </Link>
    ),
  },
  {
    ...{ id: 'source', title: 'Source', hidden: 'phone', width: '18%' },
    cell: ({ source }) => visible(source.slice(0, longest)),
  },
  {
    ...{ id: 'problems', title: 'Problems' },
    cell: ({ problems, outcome }) => (
      <span className="wrap">
        {outcome === null ? (
          visible([...new Set(problems.map(problemText))].slice(0, 3).join('; ').slice(0, longest))
        ) : (
          <b>{visible([sentence(outcome.says), ...outcome.problems.map(problemText)].join(': ').slice(0, longest))}</b>
        )}
      </span>
    ),
  },
  {
    ...{ id: 'kind', title: 'Kind', hidden: 'narrow', width: '84px' },
    cell: ({ kind }) => kind,
  },
  {
    ...{ id: 'state', title: 'State', hidden: 'narrow', width: '136px' },
    cell: ({ state }) => <StateBadge state={state} />,
  },
  {
    ...{ id: 'received', title: 'Received', hidden: 'phone', width: '110px', isRight: true },
    cell: ({ received_at }) => <Time at={received_at} />,
  },
];
