import type { Overview } from '../../../../shared/operations/views/overview';
import { overview } from '../../../api/overview';
import { deadLetters, readDeadLetters } from '../../../api/dead-letters';
import { type Task, tasks } from '../../../api/task';
import { useNow } from '../../app/clock';
import { useKeptList } from '../../app/kept-list';
import { useSearch } from '../../app/navigate';
import { useAsk } from '../../app/use-ask';
import { counted, whole } from '../../format/number';
import { Answer } from '../../parts/answer';
import { Link } from '../../parts/link';
import { ListAge } from '../../parts/list-age';
import { PageHeader } from '../../parts/page-header';
import { TaskCards } from '../../parts/task-card';
import { Groups } from './groups';
import { Letters } from './letters';

/** Why do leads wait here, and what fixes it? */
export const DeadLetters = () => {
  const filter = useSearch('/dead-letters');
  const query = useAsk(deadLetters, filter);
  const { task, isReading, read } = useKeptList([deadLetters.path], query.data, readDeadLetters);
  return (
    <>
      <PageHeader
        title="Dead letters"
        sub="Leads that failed three times. SQS keeps each for 14 days; nothing is lost until then."
      >
        <Link to="/dead-letters/missing" className="btn quiet">
          Failed without a dead letter
        </Link>
      </PageHeader>
      <TaskCards isWanted={({ kind }) => kind === 'dead-letters' || kind === 'missing-dead-letters'} />
      <Answer of={query} lines={8}>
        {(list) => (
          <>
            <ListAge {...{ since: list.since, problem: list.problem, task, isReading }} onRead={read}>
              <Lacks {...list} isReading={isReading} />
            </ListAge>
            {list.since === null ? null : (
              <>
                <Groups list={list} />
                <Letters list={list} filter={filter} />
              </>
            )}
          </>
        )}
      </Answer>
    </>
  );
};

/** What the queue has and the list does not. The number of the queue is live. */
const Lacks = ({
  total,
  held,
  still_hidden: stillHidden,
  since,
  isReading,
}: Readonly<{ total: number; held: number; still_hidden: number; since: string | null; isReading: boolean }>) => {
  const { data } = useAsk(overview, {});
  const { data: all = [] } = useAsk(tasks, {});
  const clock = useNow(5_000);
  if (since === null || isReading) return null;
  // The number of the queue is some seconds old, so that it does not know yet what a task of this console removed.
  const isSettled = !all.some(
    ({ kind, endedAt }) => queueTasks.has(kind) && (endedAt === null || Date.parse(endedAt) > clock - settledMs),
  );
  const now = data === undefined || data.at < since || !isSettled ? null : inQueue(data);
  return (
    <>
      {now === null || now === total
        ? null
        : `The queue has about ${counted(now, 'dead letter')} now, the list has ${whole(total)}. `}
      {held === 0 ? null : `Other consumers held about ${whole(held)} more. Read again in 5 minutes. `}
      {stillHidden === 0
        ? null
        : `${whole(stillHidden)} ${stillHidden === 1 ? 'stays' : 'stay'} hidden from other consumers for at most 5 minutes.`}
    </>
  );
};

/** The tasks after which the number of the queue is not known. */
const queueTasks: ReadonlySet<Task['kind']> = new Set([
  ...(['dead-letters-reading', 'dead-letters', 'missing-dead-letters'] as const),
  // Started from the page of a lead.
  'lead-event',
]);

/** How long after a task the number of the queue is not compared with the list, in milliseconds. */
const settledMs = 20_000;

/** Those that a consumer can receive, and those that one holds. */
const inQueue = ({ dead_letters: { waiting, hidden } }: Overview): number | null =>
  waiting === null || hidden === null ? null : waiting + hidden;
