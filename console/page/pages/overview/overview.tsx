import { overview, recount } from '../../../api/overview';
import type { Overview as View } from '../../../../shared/operations/views/overview';
import { useNow } from '../../app/clock';
import { useAct } from '../../app/use-act';
import { useAsk } from '../../app/use-ask';
import { countText, isFirstRun, troubleText, verdictOf } from '../../format/overview-sentences';
import { Answer } from '../../parts/answer';
import { Button } from '../../parts/button';
import { Icon } from '../../parts/icon';
import { LiveRegion } from '../../parts/live-region';
import { PageHeader } from '../../parts/page-header';
import { Badge } from '../../parts/state-badge';
import { Time } from '../../parts/time';
import { ChartCard } from './chart-card';
import { FirstLead } from './first-lead';
import { FlowCard } from './flow-card';
import { DueToMailed, Queues } from './side-cards';
import { SourcesCard } from './sources-card';
import { useSearch } from '../../app/navigate';

/** Does it flow, and what needs a person? */
export const Overview = () => {
  const query = useAsk(overview, {});
  return (
    <>
      <PageHeader title="Overview" sub={query.data === undefined ? ' ' : <Verdict overview={query.data} />} />
      <Answer of={query} placeholder={<Placeholder />}>
        {(found) => <Found overview={found} />}
      </Answer>
    </>
  );
};

const Found = ({ overview: found }: Readonly<{ overview: View }>) => {
  const { span = '24h' } = useSearch('/');
  return (
    <>
      <Notices overview={found} />
      {isFirstRun(found) ? <FirstLead /> : null}
      <FlowCard overview={found} span={span} />
      <div className="grid2">
        <ChartCard overview={found} span={span} />
        <div className="column-of">
          <DueToMailed {...found} />
          <Queues {...found} />
        </div>
      </div>
      <SourcesCard overview={found} />
    </>
  );
};

const words = { good: 'flowing', wait: 'attention', bad: 'stuck', idle: 'no answer yet' } as const;

const Verdict = ({ overview: found }: Readonly<{ overview: View }>) => {
  const now = useNow(10_000);
  const { tone, text } = verdictOf(found, now);
  return (
    <span className="row verdict">
      <Badge tone={tone}>{words[tone]}</Badge>
      <span>{text}</span>
    </span>
  );
};

/** What is not as it should be with the numbers themselves. */
const Notices = ({ overview: { stale_since, troubles, counted } }: Readonly<{ overview: View }>) => {
  const count = useAct(recount, () => 'The events are being counted.');
  const text = countText(counted);
  return (
    <LiveRegion>
      {stale_since === null ? null : (
        <p className="notice wait">
          <Icon name="offline" />
          <span>
            <b>
              Not current: the cloud stopped answering <Time at={stale_since} />.
            </b>{' '}
            The numbers are those of then. The console tries again.
          </span>
        </p>
      )}
      {troubles
        .filter(({ kind }) => stale_since === null || kind !== 'no-answer')
        .map((trouble) => (
          <p key={trouble.part} className="notice">
            <Icon name={trouble.kind === 'access-denied' || trouble.kind === 'no-credentials' ? 'key' : 'alert'} />
            <span>
              {troubleText(trouble)} <span className="dim">Since </span>
              <Time at={trouble.since} />.
            </span>
          </p>
        ))}
      {text === undefined ? null : (
        <div className="notice">
          <Icon name="search" />
          <span>
            <b className="num">{text}.</b>{' '}
            {counted.state === 'running' ? 'The numbers of events grow until the count ends.' : ''}
          </span>
          {counted.state === 'limited' ? (
            <Button onClick={() => count.mutate({})} isBusy={count.isPending || counted.is_counting}>
              Count all
            </Button>
          ) : null}
        </div>
      )}
      {counted.unreadable === 0 ? null : (
        <p className="notice">
          <Icon name="alert" />
          <span>{counted.unreadable} items of the table cannot be read. They are in no number here.</span>
        </p>
      )}
    </LiveRegion>
  );
};

/** The shape of the page while it loads. */
const Placeholder = () => (
  <div className="overview-placeholder" role="status" aria-label="Loading">
    <i />
    <i />
    <i />
  </div>
);
