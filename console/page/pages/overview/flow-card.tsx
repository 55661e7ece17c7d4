import type { ReactNode } from 'react';
import type { EventState } from '../../../../shared/stored/event-state';
import type { Overview } from '../../../../shared/operations/views/overview';
import { short, whole } from '../../format/number';
import { totalOf } from '../../format/overview-sentences';
import { Until } from '../../parts/time';
import { Needs } from './needs';
import type { Span } from './chart';
import { Link } from '../../parts/link';

/** The pipeline now, step by step, and below it what needs a person. */
export const FlowCard = ({ overview, span }: Readonly<{ overview: Overview; span: Span }>) => {
  const { events, delay_queue, hours, days } = overview;
  const periods = span === '24h' ? hours : days;
  const received = totalOf(periods, 'received');
  const mailed = totalOf(periods, 'mailed');
  const within = span === '24h' ? 'last 24 hours' : 'last 30 days';
  const share = (count: number | null): number =>
    count === null ? 0 : Math.min(1, count / Math.max(received ?? 0, 1));
  return (
    <section className="card" aria-label="The pipeline now">
      <div className="flow">
        <Step name="Received" value={received} tone="accent" part={(received ?? 0) > 0 ? 1 : 0}>
          {within}
        </Step>
        <Step
          name="Waiting"
          value={events?.RECEIVED ?? null}
          tone="wait"
          part={share(events?.RECEIVED ?? null)}
          state="RECEIVED"
        >
          {delay_queue.next_due_at === null ? (
            'nothing is due'
          ) : (
            <>
              next due in <Until at={delay_queue.next_due_at} passed="a moment" />
            </>
          )}
        </Step>
        <Step
          name="Being enriched"
          value={events?.CLAIMED ?? null}
          tone="work"
          part={share(events?.CLAIMED ?? null)}
          state="CLAIMED"
        >
          {delay_queue.in_flight === null ? ' ' : `${whole(delay_queue.in_flight)} in flight`}
        </Step>
        <Step name="Mailed" value={mailed} tone="good" part={share(mailed)} state="NOTIFIED">
          {events === null ? within : `${short(events.NOTIFIED)} in all`}
        </Step>
      </div>
      <Needs overview={overview} />
    </section>
  );
};

const Step = ({
  name,
  value,
  tone,
  part,
  state,
  children,
}: Readonly<{
  name: string;
  value: number | null;
  tone: 'accent' | 'wait' | 'work' | 'good';
  /** Of what was received, 0 to 1. */
  part: number;
  state?: EventState;
  children: ReactNode;
}>) => (
  <Link to="/leads" search={state === undefined ? {} : { state }} className="step">
    <span className="k">{name}</span>
    <span className="v">{value === null ? '–' : value < 1_000_000 ? whole(value) : short(value)}</span>
    <span className="n">{children}</span>
    <span className="bar" aria-hidden="true">
      <i className={tone} style={{ width: `${Math.max(part * 100, part > 0 ? 2 : 0)}%` }} />
    </span>
  </Link>
);
