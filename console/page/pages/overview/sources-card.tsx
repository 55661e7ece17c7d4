import type { Overview, SourceOverview } from '../../../../shared/operations/views/overview';
import { whole } from '../../format/number';
import { visible } from '../../format/visible';
import { Card } from '../../parts/card';
import { Badge } from '../../parts/state-badge';
import { Time } from '../../parts/time';
import { LeftOutColumns } from '../../parts/left-out-columns';
import { Link } from '../../parts/link';
import { Sparkline } from './sparkline';

const columns = [
  { title: 'leads by hour', hidden: 'medium' },
  { title: 'leads of the last hour', hidden: 'medium' },
  { title: 'failed', hidden: 'phone' },
  { title: 'rejected', hidden: 'narrow' },
  { title: 'the secret that matched', hidden: 'narrow' },
] as const;

/** Each source: when it sent last, how much, what was rejected, and which secret it uses. */
export const SourcesCard = ({ overview }: Readonly<{ overview: Overview }>) => {
  const { sources, rejected_by_reason, senders_read_from } = overview;
  const rejected = Object.entries(rejected_by_reason ?? {}).filter(([, count]) => count > 0);
  return (
    <Card title="Sources" aside={<span className="dim">last 24 hours</span>} isFlush>
      {sources.length === 0 ? (
        <p className="sub pad">No source has sent a lead yet.</p>
      ) : (
        <>
          <LeftOutColumns columns={columns} />
          <div className="scroll">
            <table className="sources-table">
              <thead>
                <tr>
                  <th scope="col">Source</th>
                  <th scope="col">Last lead</th>
                  <th scope="col" className="r">
                    Leads
                  </th>
                  <th scope="col" className="hide-medium">
                    By hour
                  </th>
                  <th scope="col" className="r hide-medium">
                    Last hour
                  </th>
                  <th scope="col" className="r hide-phone">
                    Failed
                  </th>
                  <th scope="col" className="hide-narrow">
                    Rejected
                  </th>
                  <th scope="col" className="hide-narrow">
                    Secret that matched
                  </th>
                </tr>
              </thead>
              <tbody>
                {sources.map((source) => (
                  <SourceRow key={source.source} {...source} />
                ))}
              </tbody>
            </table>
          </div>
        </>
      )}
      {rejected.length === 0 ? null : (
        <p className="foot sub">
          Rejected requests of all senders
          {senders_read_from === 'log' ? ', read from the log of the local cloud' : ''}:{' '}
          {rejected.map(([reason, count], place) => (
            <span key={reason} className="nowrap">
              {place === 0 ? '' : ', '}
              <span className="num">{whole(count)}</span> <code className="mono">{reason}</code>
            </span>
          ))}
          .
        </p>
      )}
    </Card>
  );
};

const SourceRow = (one: SourceOverview) => (
  <tr>
    <th scope="row">
      <Link to="/leads" search={{ source: one.source }} className="source">
        {visible(one.source)}
      </Link>
    </th>
    <td className="num">
      <span className="row">
        {one.last_at === null ? <span className="dim">never</span> : <Time at={one.last_at} />}
        <Silence {...one} />
      </span>
    </td>
    <td className="r">{numberOr(one.last_day)}</td>
    <td className="hide-medium">{one.by_hour === null ? numberOr(null) : <Sparkline values={one.by_hour} />}</td>
    <td className="r hide-medium">{numberOr(one.last_hour)}</td>
    <td className="r hide-phone">
      {one.failed === null || one.failed === 0 ? (
        numberOr(one.failed)
      ) : (
        <Link to="/leads" search={{ source: one.source, state: 'FAILED' }} className="bad-text">
          {whole(one.failed)}
        </Link>
      )}
    </td>
    <td className="hide-narrow">
      <Rejected {...one} />
    </td>
    <td className="hide-narrow">
      <Secrets {...one} />
    </td>
  </tr>
);

const numberOr = (value: number | null) =>
  value === null || value === 0 ? <span className="dim">{value === null ? '–' : '0'}</span> : whole(value);

const Silence = ({ is_silent, silence_hours }: SourceOverview) =>
  is_silent === true ? <Badge tone="wait">silent for more than {whole(silence_hours ?? 0)} h</Badge> : null;

const Rejected = ({ rejected, rejected_by_reason, quarantined }: SourceOverview) => {
  const reasons = Object.entries(rejected_by_reason ?? {}).filter(([, count]) => count > 0);
  const parts = [
    ...(reasons.length > 0
      ? reasons.map(([reason, count]) => `${whole(count)} ${reason}`)
      : rejected === null || rejected === 0
        ? []
        : [whole(rejected)]),
    ...(quarantined === null || quarantined === 0 ? [] : [`${whole(quarantined)} in quarantine`]),
  ];
  return parts.length === 0 ? <span className="dim">{rejected === null ? '–' : '0'}</span> : parts.join(', ');
};

const Secrets = ({ keys_matched }: SourceOverview) => {
  if (keys_matched === null) return <span className="dim">–</span>;
  const { first, second, previous } = keys_matched;
  const all = first + second + previous;
  if (all === 0) return <span className="dim">–</span>;
  const old = second + previous;
  if (old === 0) return <>current</>;
  return (
    <span className="row">
      <span>
        <b>{previous > 0 ? 'previous' : 'second'}</b> {Math.round((old / all) * 100)} %
      </span>
      <Badge tone="work">rotating</Badge>
    </span>
  );
};
