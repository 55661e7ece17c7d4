import type { Overview } from '../../../../shared/operations/views/overview';
import { whole } from '../../format/number';
import { duration } from '../../format/time';
import { Card } from '../../parts/card';
import { Time, Until } from '../../parts/time';

const orDash = (value: number | null, text: (value: number) => string): string => (value === null ? '–' : text(value));

const queueText = ({ waiting, in_flight }: Readonly<{ waiting: number | null; in_flight: number | null }>): string =>
  orDash(waiting, (count) => `${whole(count)} waiting`) + (in_flight === null ? '' : `, ${whole(in_flight)} in flight`);

/** How soon due leads are mailed. */
export const DueToMailed = ({ due_to_mailed }: Overview) => (
  <Card title="From due to mailed" aside={<span className="dim">last 24 hours</span>}>
    <dl className="stats">
      <div className="stat">
        <dt className="sub">Half within</dt>
        <dd className="v">{orDash(due_to_mailed?.p50_ms ?? null, duration)}</dd>
      </div>
      <div className="stat">
        <dt className="sub">99 of 100 within</dt>
        <dd className="v">{orDash(due_to_mailed?.p99_ms ?? null, duration)}</dd>
      </div>
      <div className="stat">
        <dt className="sub">Leads measured</dt>
        <dd className="v">{orDash(due_to_mailed?.count ?? null, whole)}</dd>
      </div>
    </dl>
  </Card>
);

/** What the queues hold. */
export const Queues = ({ delay_queue, retry_queue, dead_letters }: Overview) => (
  <Card title="Queues">
    <dl className="queues">
      <dt>Delay queue</dt>
      <dd className="num">{queueText(delay_queue)}</dd>
      <dt>Next due</dt>
      <dd>
        {delay_queue.next_due_at === null ? (
          '–'
        ) : (
          <>
            <span className="sub">in </span>
            <Until at={delay_queue.next_due_at} />
          </>
        )}
      </dd>
      <dt>Due longest</dt>
      <dd>{delay_queue.oldest_due_at === null ? '–' : <Time at={delay_queue.oldest_due_at} />}</dd>
      <dt>Retry queue</dt>
      <dd className="num">{queueText(retry_queue)}</dd>
      <dt>Dead letters</dt>
      <dd className="num">
        {orDash(dead_letters.waiting, (count) => `${whole(count)} waiting`)}
        {dead_letters.hidden === null || dead_letters.hidden === 0 ? '' : `, ${whole(dead_letters.hidden)} held`}
      </dd>
    </dl>
  </Card>
);
