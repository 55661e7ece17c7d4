import { useState } from 'react';
import { bringBack, findMissing, missing, type MissingRow } from '../../../api/dead-letters';
import { useKeptList } from '../../app/kept-list';
import { open } from '../../app/navigate';
import { useAct } from '../../app/use-act';
import { useAsk } from '../../app/use-ask';
import { chosenRows, withoutActedOn } from '../../format/chosen-rows';
import { counted, whole } from '../../format/number';
import { visible } from '../../format/visible';
import { Answer } from '../../parts/answer';
import { Button } from '../../parts/button';
import { Confirm } from '../../parts/confirm';
import { DataTable } from '../../parts/data-table';
import { Empty } from '../../parts/empty';
import { Checkbox } from '../../parts/field';
import { Link } from '../../parts/link';
import { PageHeader } from '../../parts/page-header';
import { TaskCards } from '../../parts/task-card';
import { Time } from '../../parts/time';
import { missingColumns } from './missing-columns';

type List = (typeof missing)['answer']['_A'];

/** Failed events whose dead letter has expired or was deleted. */
export const Missing = () => {
  const query = useAsk(missing, {});
  const { task, read } = useKeptList([missing.path], query.data, findMissing, 'never');
  return (
    <>
      <PageHeader
        title="Failed without a dead letter"
        sub="SQS deletes a dead letter after 14 days, and a person can delete it. The event stays FAILED, and its payload is kept: it can be brought back."
        trail={
          <Link to="/dead-letters" className="link">
            Dead letters
          </Link>
        }
      >
        <Confirm
          trigger={<Button isBusy={task?.endedAt === null}>Look for them…</Button>}
          title="Look for failed events without a dead letter?"
          action="Look for them"
          onConfirm={read}
        >
          <p>
            Reads the dead-letter queue, and then every item of the table. On AWS, a table of a million events takes
            about a minute and some cents of read capacity.
          </p>
        </Confirm>
      </PageHeader>
      <TaskCards isWanted={({ kind }) => kind === 'missing-dead-letters'} />
      <Answer of={query}>{(list) => <Found list={list} />}</Answer>
    </>
  );
};

const keyOf = ({ key }: MissingRow): string => key;

const Found = ({ list }: Readonly<{ list: List }>) => {
  const [marked, setMarked] = useState<ReadonlySet<string>>(new Set());
  const [isAll, setIsAll] = useState(false);
  const { since, rows, total, maybe_mailed: maybeMailed } = list;
  if (since === null)
    return (
      <section className="card" aria-label="Not looked for">
        <Empty title="Not looked for yet">“Look for them” reads the queue and the table, and lists them here.</Empty>
      </section>
    );
  if (total === 0)
    return (
      <section className="card" aria-label="None found">
        <Empty title="No failed event is without a dead letter">
          Read <Time at={since} />. Events that failed less than 20 minutes ago are left out: their dead letter may be
          on its way.
        </Empty>
      </section>
    );
  const chosen = chosenRows(rows, marked, keyOf);
  const isPossible = ({ maybe_mailed: isMaybe }: MissingRow): boolean => isAll || !isMaybe;
  const count = chosen === 'all' ? total - (isAll ? 0 : maybeMailed) : chosen.filter(isPossible).length;
  return (
    <section className="card" aria-label="Failed events without a dead letter">
      <div className="list-bar">
        <p className="sub num" role="status">
          {counted(total, 'failed event')}, found <Time at={since} />. {limits(list)}
        </p>
        <div className="row">
          {maybeMailed === 0 ? null : (
            <Checkbox
              label={`Also the ${whole(maybeMailed)} that may have been mailed`}
              checked={isAll}
              onChange={(event) => setIsAll(event.target.checked)}
            />
          )}
          <BringBack
            count={count}
            since={since}
            isAll={isAll}
            onStarted={() => setMarked((now) => withoutActedOn(now, marked))}
            {...(chosen === 'all' ? {} : { keys: chosen.map(keyOf) })}
          />
        </div>
      </div>
      <DataTable
        label="Failed events without a dead letter"
        rows={rows}
        columns={missingColumns}
        keyOf={keyOf}
        onOpen={({ lead_id, event_id }) => open({ to: '/leads/lead', search: { id: lead_id, event: event_id } })}
        selection={{ chosen: new Set(chosen === 'all' ? [] : chosen.map(keyOf)), onChange: setMarked, nameOf: visible }}
      />
    </section>
  );
};

const limits = ({ held, unreadable, rows, total }: List): string =>
  [
    ...(rows.length < total ? [`The first ${whole(rows.length)} are listed.`] : []),
    ...(held > 0 ? [`Other consumers held about ${whole(held)} dead letters: their events may be listed.`] : []),
    ...(unreadable > 0 ? [`${counted(unreadable, 'record')} cannot be read.`] : []),
  ].join(' ');

const BringBack = ({
  count,
  since,
  isAll,
  keys,
  onStarted,
}: Readonly<{
  count: number;
  since: string;
  isAll: boolean;
  keys?: readonly string[];
  onStarted: () => void;
}>) => {
  const act = useAct(bringBack, () => undefined);
  return (
    <Confirm
      trigger={
        <Button look="primary" isBusy={act.isPending} disabled={count === 0}>
          Bring back {whole(count)}
        </Button>
      }
      title={`Bring back ${counted(count, 'failed event')}?`}
      action={`Bring back ${whole(count)}`}
      onConfirm={() =>
        act.mutate(
          { since, count, with_maybe_mailed: isAll, ...(keys === undefined ? {} : { keys }) },
          { onSuccess: onStarted },
        )
      }
    >
      <p>Queues a message for each, as redriving its dead letter would have done. Each lead is mailed once.</p>
      {isAll ? <p className="warn">Those that may have been mailed may be mailed a second time.</p> : null}
    </Confirm>
  );
};
