import { quarantine, quarantined, readQuarantine } from '../../../api/quarantine';
import { useKeptList } from '../../app/kept-list';
import { useSearch } from '../../app/navigate';
import { usePersonal } from '../../app/personal';
import { useAsk } from '../../app/use-ask';
import { bytes } from '../../format/number';
import { visible } from '../../format/visible';
import { Answer } from '../../parts/answer';
import { Card } from '../../parts/card';
import { Empty } from '../../parts/empty';
import { Link } from '../../parts/link';
import { PageHeader } from '../../parts/page-header';
import { PersonalSwitch } from '../../parts/personal';
import { StateBadge } from '../../parts/state-badge';
import { TaskCards } from '../../parts/task-card';
import { Time } from '../../parts/time';
import { DiscardRequests, RevalidateRequests } from './actions';
import { problemText } from '../../../../shared/codecs/validation-problem';
import { sentence } from './sentence';
import { RequestBody } from './request-body';
import { keyOf } from './request-choice';

/** One quarantined request: its problems, and what its sender sent. */
export const QuarantinedRequest = () => {
  const { source = '', id = '' } = useSearch('/quarantine/request');
  const { personal } = usePersonal();
  const query = useAsk(quarantined, { source, id, ...(personal === 'shown' ? { personal } : {}) });
  const list = useAsk(quarantine, { state: 'all' });
  useKeptList([quarantine.path, quarantined.path], list.data, readQuarantine, 'entry');
  const since = list.data?.since ?? null;
  const key = keyOf({ source, id });
  const choice = { since: since ?? '', count: 1, ids: [key] };
  const row = query.data?.row;
  return (
    <>
      <PageHeader
        title={visible(`${source} ${id.slice(0, 12)}`.slice(0, 120))}
        trail={
          <Link to="/quarantine" className="link">
            Quarantine
          </Link>
        }
        beside={row === undefined ? undefined : <StateBadge state={row.state} />}
      >
        <PersonalSwitch />
        {row?.state === 'QUARANTINED' && since !== null ? (
          <>
            <DiscardRequests choice={choice} />
            <RevalidateRequests choice={choice} />
          </>
        ) : null}
      </PageHeader>
      <TaskCards isWanted={({ kind, subject }) => kind === 'quarantine' && subject === key} />
      <Answer of={query} lines={8}>
        {(found) => (found === null ? <Gone /> : <Found found={found} />)}
      </Answer>
    </>
  );
};

export type FoundRequest = NonNullable<(typeof quarantined)['answer']['_A']>;

const Found = ({ found }: Readonly<{ found: FoundRequest }>) => {
  const { row, decision, correlation_id: correlationId, request } = found;
  return (
    <>
      <div className="grid2 lead">
        <Card title="Problems">
          <ul className="warnings">
            {row.problems.map((problem, index) => (
              <li key={index} className="mono">
                {visible(problemText(problem))}
              </li>
            ))}
          </ul>
          {row.outcome === null ? null : <Outcome outcome={row.outcome} />}
        </Card>
        <Card title="Facts">
          <dl className="facts">
            <dt>Source</dt>
            <dd>{visible(row.source)}</dd>
            <dt>Received</dt>
            <dd>
              <Time at={row.received_at} />
            </dd>
            <dt>Kind</dt>
            <dd>{row.kind === 'body' ? 'a whole request' : 'one lead of a request with several'}</dd>
            <dt>Request id</dt>
            <dd className="mono">{correlationId === null ? '–' : visible(correlationId)}</dd>
            {typeof request === 'string' ? null : (
              <>
                <dt>Sent</dt>
                <dd>
                  {visible(request.content_type)}, {bytes(request.bytes)}
                </dd>
              </>
            )}
            {decision === null ? null : (
              <>
                <dt>{row.state === 'DISCARDED' ? 'Discarded' : 'Brought in'}</dt>
                <dd>
                  <Time at={decision.at} /> {decision.by === null ? '' : `by ${visible(decision.by)}`}
                  {decision.reason === null ? '' : `: ${visible(decision.reason)}`}
                </dd>
              </>
            )}
          </dl>
          <Leads leads={found.events} />
        </Card>
      </div>
      <RequestBody request={request} />
    </>
  );
};

const Outcome = ({
  outcome: { at, says, problems, leads },
}: Readonly<{ outcome: NonNullable<FoundRequest['row']['outcome']> }>) => (
  <div className={problems.length === 0 ? 'remedy plain' : 'remedy'}>
    <p>
      <b>{sentence(says)}</b> <Time at={at} />
    </p>
    {problems.map((problem, index) => (
      <p key={index} className="mono">
        {visible(problemText(problem))}
      </p>
    ))}
    <Leads leads={leads} />
  </div>
);

const Leads = ({ leads }: Readonly<{ leads: FoundRequest['events'] }>) =>
  leads.length === 0 ? null : (
    <p>
      Leads:{' '}
      {leads.map(({ lead_id, event_id }) => (
        <Link key={event_id} to="/leads/lead" search={{ id: lead_id, event: event_id }} className="link mono">
          {visible(lead_id)}{' '}
        </Link>
      ))}
    </p>
  );

const Gone = () => (
  <section className="card" aria-label="No such request">
    <Empty title="This request is not in quarantine">
      It has expired, or its item in the table cannot be read. Requests are kept for 90 days, unless
      QuarantineRetentionDays is another number.
    </Empty>
  </section>
);
