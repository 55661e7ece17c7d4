import { overview } from '../../../api/overview';
import { quarantine, readQuarantine } from '../../../api/quarantine';
import { useKeptList } from '../../app/kept-list';
import { useSearch } from '../../app/navigate';
import { useAsk } from '../../app/use-ask';
import { counted, whole } from '../../format/number';
import { Answer } from '../../parts/answer';
import { ListAge } from '../../parts/list-age';
import { PageHeader } from '../../parts/page-header';
import { TaskCards } from '../../parts/task-card';
import { RequestGroups } from './groups';
import { Requests } from './requests';

/** Which requests could not be read as leads, and how do they become leads? */
export const Quarantine = () => {
  const filter = useSearch('/quarantine');
  const query = useAsk(quarantine, filter);
  const { task, isReading, read } = useKeptList([quarantine.path], query.data, readQuarantine);
  return (
    <>
      <PageHeader
        title="Quarantine"
        sub="Requests of authentic senders that could not be read as leads. Their senders got 202, and will not send them again. Correct the mapping of the source, then revalidate."
      />
      <TaskCards isWanted={({ kind }) => kind === 'quarantine'} />
      <Answer of={query} lines={8}>
        {(list) => (
          <>
            <ListAge {...{ since: list.since, problem: list.problem, task, isReading }} onRead={read}>
              {isReading || list.since === null ? null : (
                <>
                  <Since count={list.states.QUARANTINED} />
                  {list.unreadable === 0 ? null : `${counted(list.unreadable, 'item')} cannot be read.`}
                </>
              )}
            </ListAge>
            {list.since === null ? null : (
              <>
                <RequestGroups groups={list.groups} since={list.since} />
                <Requests list={list} filter={filter} />
              </>
            )}
          </>
        )}
      </Answer>
    </>
  );
};

/** What the quarantine has now, if the list differs. */
const Since = ({ count }: Readonly<{ count: number }>) => {
  const { data } = useAsk(overview, {});
  const now = data?.quarantine;
  if (now === undefined || now === null || !now.is_whole || now.count === count) return null;
  return (
    <>
      There are {whole(now.count)} now, the list has {whole(count)}.{' '}
    </>
  );
};
