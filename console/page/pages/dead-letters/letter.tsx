import { useEffect, useState } from 'react';
import { deadLetter, deadLetters, readDeadLetters } from '../../../api/dead-letters';
import { reasonTexts } from '../../../../shared/operations/views/reason-text';
import { useKeptList } from '../../app/kept-list';
import { useSearch } from '../../app/navigate';
import { usePersonal } from '../../app/personal';
import { useAsk } from '../../app/use-ask';
import { visible } from '../../format/visible';
import { Answer, Skeleton } from '../../parts/answer';
import { Card } from '../../parts/card';
import { Empty } from '../../parts/empty';
import { Link } from '../../parts/link';
import { ListAge } from '../../parts/list-age';
import { PageHeader } from '../../parts/page-header';
import { PersonalSwitch } from '../../parts/personal';
import { Badge } from '../../parts/state-badge';
import { TaskCards } from '../../parts/task-card';
import { DiscardLetters, RedriveLetters } from './actions';
import { LetterBody } from './letter-body';
import { LetterFacts } from './letter-facts';

/** One dead letter: what it is, why it is here, and what happened to its event. */
export const Letter = () => {
  const { id = '' } = useSearch('/dead-letters/letter');
  const { personal } = usePersonal();
  const list = useAsk(deadLetters, {});
  const query = useAsk(deadLetter, { id, ...(personal === 'shown' ? { personal } : {}) });
  const kept = useKeptList([deadLetters.path, deadLetter.path], list.data, readDeadLetters, 'entry');
  const since = list.data?.since ?? null;
  const { refetch } = query;
  // A letter that was not found is looked for again in the list that is read now.
  useEffect(() => void (since === null ? undefined : refetch()), [since, refetch]);
  const row = query.data?.row;
  const lead = row?.lead_id ?? null;
  // The address may have another id than that of the message, and a redriven letter has no row any more.
  const [message, setMessage] = useState(id);
  if (row !== undefined && row.message !== message) setMessage(row.message);
  return (
    <>
      <PageHeader
        title={row === undefined ? 'Dead letter' : visible((row.lead_id ?? row.id).slice(0, 120))}
        trail={
          <Link to="/dead-letters" className="link">
            Dead letters
          </Link>
        }
        beside={row === undefined ? undefined : <Badge tone="bad">{row.reason}</Badge>}
      >
        <PersonalSwitch />
      </PageHeader>
      <TaskCards isWanted={({ kind, subject }) => kind === 'dead-letters' && subject === message} />
      {list.data === undefined ? null : (
        <ListAge {...{ since, problem: list.data.problem, ...kept, onRead: kept.read }} />
      )}
      <Answer of={query} lines={8}>
        {(found) =>
          found === null || since === null ? (
            kept.isReading ? (
              <Skeleton lines={8} />
            ) : (
              <Gone />
            )
          ) : (
            <>
              <div className="grid2 lead">
                <Card title={reasonTexts[found.row.reason].title}>
                  <div className="stack-of">
                    <p>{reasonTexts[found.row.reason].why}</p>
                    {found.row.reason_detail === null ? null : (
                      <p className="mono wrap">{visible(found.row.reason_detail)}</p>
                    )}
                    <p>
                      <b>{reasonTexts[found.row.reason].fix}</b>
                    </p>
                    <div className="row">
                      <RedriveLetters
                        of={chosenOf(found.row, since)}
                        look={reasonTexts[found.row.reason].advice === 'discard' ? 'normal' : 'primary'}
                      />
                      <DiscardLetters of={chosenOf(found.row, since)} />
                      {found.row.reason === 'owner-missing' ? (
                        <Link to="/owners" search={lead === null ? {} : { lead }} className="btn">
                          Put the owner…
                        </Link>
                      ) : null}
                    </div>
                  </div>
                </Card>
                <LetterFacts found={found} />
              </div>
              <LetterBody found={found} />
            </>
          )
        }
      </Answer>
    </>
  );
};

type Row = NonNullable<(typeof deadLetter)['answer']['_A']>['row'];

const chosenOf = ({ message, reason }: Row, since: string) => ({
  choice: { since, count: 1, messages: [message] },
  reasons: [reason],
});

const Gone = () => (
  <section className="card" aria-label="No such dead letter">
    <Empty title="This dead letter is not in the list">
      It was redriven, discarded or deleted by SQS, or another consumer held it when the list was read. The history of
      its lead says what happened.
    </Empty>
  </section>
);
