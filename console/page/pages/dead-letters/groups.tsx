import type { DeadLetterGroup, DeadLetterFilter } from '../../../api/dead-letters';
import { type ReasonAdvice, reasonTexts } from '../../../../shared/operations/views/reason-text';
import { counted, whole } from '../../format/number';
import { visible } from '../../format/visible';
import { Link } from '../../parts/link';
import { Time } from '../../parts/time';
import { DiscardLetters, RedriveLetters } from './actions';

/** The dead letters by reason: why they are here, and what fixes them. */
export const Groups = ({
  list: { groups, since },
}: Readonly<{ list: Readonly<{ groups: readonly DeadLetterGroup[]; since: string | null }> }>) =>
  groups.length === 0 || since === null ? null : (
    <section className="card" aria-label="Reasons">
      {groups.map((group) => (
        <Group key={group.reason} group={group} since={since} />
      ))}
    </section>
  );

const Group = ({ group, since }: Readonly<{ group: DeadLetterGroup; since: string }>) => {
  const { reason, count } = group;
  const { title, why, fix, advice } = reasonTexts[reason];
  const filter: DeadLetterFilter = { reason };
  const chosen = { choice: { since, count, filter }, reasons: [reason] };
  return (
    <section className="group" aria-label={title}>
      <div className="t">
        <b>{title}</b>
        <span className="mono dim">{reason}</span>
        <span className="count bad">{whole(count)}</span>
      </div>
      <div className="d">
        {why} {fix}
      </div>
      <Facts group={group} />
      <div className="act">
        {reason === 'owner-missing' ? (
          <Link to="/owners" className="btn">
            Upload owners…
          </Link>
        ) : null}
        <Link to="/dead-letters" search={filter} className="btn quiet">
          Look at {count === 1 ? 'it' : 'them'}
        </Link>
        {advice === 'discard' ? <DiscardLetters of={chosen} /> : <RedriveLetters of={chosen} look={looks[advice]} />}
      </div>
    </section>
  );
};

const looks: Readonly<Record<Exclude<ReasonAdvice, 'discard'>, 'primary' | 'normal'>> = {
  fix: 'primary',
  redrive: 'primary',
  look: 'normal',
};

const mostSources = 4;

/** Since when they wait, when the first is deleted, and of which sources they are. */
const Facts = ({ group: { oldest, first_expiry, sources } }: Readonly<{ group: DeadLetterGroup }>) => (
  <div className="d dim num">
    Oldest <Time at={oldest} />, deleted by SQS <Time at={first_expiry} />.{' '}
    {sources
      .slice(0, mostSources)
      .map(({ source, count }) => `${source === null ? 'unknown source' : visible(source)} ${whole(count)}`)
      .join(', ')}
    {sources.length > mostSources ? `, ${counted(sources.length - mostSources, 'more source')}` : ''}
  </div>
);
