import { needsRedrive } from '../../../../shared/operations/owners/needs-redrive';
import { findMissing, missingOwners, type OwnerFinding } from '../../../api/owners';
import { tasks } from '../../../api/task';
import { useEffect, useRef } from 'react';
import { useAct } from '../../app/use-act';
import { useAsk } from '../../app/use-ask';
import { counted, whole } from '../../format/number';
import { visible } from '../../format/visible';
import { Answer } from '../../parts/answer';
import { Button } from '../../parts/button';
import { Card } from '../../parts/card';
import { Link } from '../../parts/link';
import { Badge } from '../../parts/state-badge';
import { TaskCard } from '../../parts/task-card';
import { Time, Until } from '../../parts/time';

/** How many findings are drawn. */
const shown = 100;

/** Leads that cannot be mailed, because they have no valid file of an owner. */
export const MissingOwners = () => {
  const query = useAsk(missingOwners, {});
  const { data: all = [] } = useAsk(tasks, {});
  const find = useAct(findMissing, () => undefined);
  const task = all.find(({ id }) => id === find.data?.id);
  const isEnded = task !== undefined && task.endedAt !== null;
  const refetch = useRef(query.refetch);
  useEffect(() => {
    if (isEnded) void refetch.current();
  }, [isEnded]);
  return (
    <>
      {task === undefined || isEnded ? null : <TaskCard task={task} />}
      <Card
        title="Leads without an owner"
        isFlush
        aside={
          <Button
            isBusy={find.isPending || (task !== undefined && !isEnded)}
            onClick={() => find.mutate({ with_files: false })}
          >
            Look for them
          </Button>
        }
      >
        <Answer of={query} lines={2}>
          {(found) =>
            found === null ? (
              <p className="sub pad">
                Reads the files of all leads that wait or failed. That takes a few seconds for a thousand leads.
              </p>
            ) : (
              <>
                <p className="sub pad">
                  {found.found === 0
                    ? 'Each lead that waits or failed has a valid owner.'
                    : `${counted(found.found, 'lead')} need${found.found === 1 ? 's' : ''} something.`}{' '}
                  {counted(found.files, 'file')} read <Time at={found.at} />
                  {found.is_stopped ? ', stopped before the end' : ''}.
                  {found.findings.some(({ remedy }) => needsRedrive(remedy)) ? (
                    <>
                      {' '}
                      <Link to="/dead-letters" search={{ reason: 'owner-missing' }} className="link">
                        Redrive those that failed
                      </Link>{' '}
                      once their files are there.
                    </>
                  ) : null}
                </p>
                {found.findings.length === 0 ? null : <Findings findings={found.findings} found={found.found} />}
              </>
            )
          }
        </Answer>
      </Card>
    </>
  );
};

const Findings = ({ findings, found }: Readonly<{ findings: readonly OwnerFinding[]; found: number }>) => (
  <>
    <div className="scroll">
      <table aria-label="Leads without an owner">
        <thead>
          <tr>
            <th scope="col">Lead</th>
            <th scope="col">State</th>
            <th scope="col">What to do</th>
          </tr>
        </thead>
        <tbody>
          {findings.slice(0, shown).map((finding) => (
            <tr key={finding.lead_id}>
              <th scope="row" className="source-name">
                <Link to="/leads/lead" search={{ id: finding.lead_id }} className="link mono">
                  {visible(finding.lead_id)}
                </Link>
              </th>
              <td>
                <State finding={finding} />
              </td>
              <td>
                <Remedy finding={finding} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
    {found > shown ? (
      <p className="foot sub">
        The first {whole(Math.min(shown, findings.length))} of {whole(found)}.
      </p>
    ) : null}
  </>
);

const State = ({ finding: { remedy, file, problems, due_at } }: Readonly<{ finding: OwnerFinding }>) => (
  <span className="row">
    {remedy === 'put' ? (
      <Badge tone="wait">
        waiting{due_at === null ? '' : ', '}
        {due_at === null ? null : <Until at={due_at} passed="due" />}
      </Badge>
    ) : remedy === 'correct' ? (
      <Badge tone="idle">no event</Badge>
    ) : remedy === 'correct-address' ? (
      <Badge tone="idle">wrong address</Badge>
    ) : remedy === 'look' ? (
      <Badge tone="wait">was due</Badge>
    ) : (
      <Badge tone="bad">failed</Badge>
    )}
    <span className="sub wrap">
      {file === 'missing'
        ? 'no file'
        : remedy === 'redrive'
          ? 'the file is there now'
          : remedy === 'look'
            ? 'the file came after the event was due: the event may have failed'
            : problems.map(visible).join('; ')}
    </span>
  </span>
);

const putTexts: Readonly<Record<Exclude<OwnerFinding['remedy'], 'redrive' | 'look'>, string>> = {
  put: 'Put the owner',
  'put-and-redrive': 'Put the owner, then redrive',
  'correct-and-redrive': 'Correct the file, then redrive',
  correct: 'Correct the file',
  'correct-address': 'Correct the file',
};

const Remedy = ({ finding: { remedy, lead_id } }: Readonly<{ finding: OwnerFinding }>) =>
  remedy === 'redrive' ? (
    <Link to="/dead-letters" search={{ search: lead_id }} className="link">
      Redrive it
    </Link>
  ) : remedy === 'look' ? (
    <Link to="/leads/lead" search={{ id: lead_id }} className="link">
      Look at the lead, and redrive it if it failed
    </Link>
  ) : (
    <Link to="/owners" search={{ lead: lead_id }} className="link">
      {putTexts[remedy]}
    </Link>
  );
