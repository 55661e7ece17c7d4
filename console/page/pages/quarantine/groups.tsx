import type { QuarantineFilter, QuarantineGroup } from '../../../api/quarantine';
import { counted, whole } from '../../format/number';
import { visible } from '../../format/visible';
import { Link } from '../../parts/link';
import { Time } from '../../parts/time';
import { RevalidateRequests } from './actions';
import { problemText } from '../../../../shared/codecs/validation-problem';

/** How many groups are shown. The list below has the requests of all. */
const mostGroups = 12;

/** The quarantined requests by source and first problem. */
export const RequestGroups = ({ groups, since }: Readonly<{ groups: readonly QuarantineGroup[]; since: string }>) =>
  groups.length === 0 ? null : (
    <section className="card" aria-label="Groups">
      {groups.slice(0, mostGroups).map((group) => (
        <Group key={`${group.source}\n${group.kind}\n${problemText(group.problem)}`} group={group} since={since} />
      ))}
      {groups.length > mostGroups ? (
        <p className="sub foot">
          The requests of {counted(groups.length - mostGroups, 'smaller group')} are in the list below.
        </p>
      ) : null}
    </section>
  );

const Group = ({ group, since }: Readonly<{ group: QuarantineGroup; since: string }>) => {
  const { source, kind, problem, count, oldest } = group;
  const filter: QuarantineFilter = { source, kind, problem: problemText(problem) };
  return (
    <section className="group" aria-label={`${visible(source)}: ${visible(problemText(problem))}`}>
      <div className="t">
        <b>{visible(source)}</b>
        <span className="wrap">{visible(problemText(problem))}</span>
        <span className="count held">{whole(count)}</span>
      </div>
      <div className="d dim num">
        {kind === 'body' ? 'Whole requests' : 'Single leads of requests'}, oldest <Time at={oldest} />.
      </div>
      <div className="act">
        <Link to="/sources/source" search={{ id: source }} className="btn quiet">
          Correct the mapping
        </Link>
        <Link to="/quarantine" search={filter} className="btn quiet">
          Look at {count === 1 ? 'it' : 'them'}
        </Link>
        <RevalidateRequests choice={{ since, count, filter }} />
      </div>
    </section>
  );
};
