import type { Overview, Period } from '../../../../shared/operations/views/overview';
import { whole } from '../../format/number';
import { periodName } from '../../format/period';
import { Card } from '../../parts/card';
import { Chart, type Span } from './chart';
import { Link } from '../../parts/link';
import { leadsOf } from './leads-of';

/** Leads over time: a chart, its legend, and the same as a table. */
export const ChartCard = ({ overview, span }: Readonly<{ overview: Overview; span: Span }>) => {
  const periods = span === '24h' ? overview.hours : overview.days;
  return (
    <Card
      title={span === '24h' ? 'Leads per hour' : 'Leads per day'}
      aside={
        <div className="row">
          <span className="legend">
            <span>
              <i className="mailed" aria-hidden="true" />
              Mailed
            </span>
            <span>
              <i className="failed" aria-hidden="true" />
              Failed
            </span>
          </span>
          <span className="segments" role="group" aria-label="Period of the chart">
            <SpanLink span="24h" chosen={span} />
            <SpanLink span="30d" chosen={span} />
          </span>
        </div>
      }
    >
      {periods === null ? (
        <p className="sub chart-gap">The events are not counted, so that there is no chart.</p>
      ) : (
        <>
          <Chart periods={periods} span={span} />
          <details className="as-table">
            <summary>As a table</summary>
            <PeriodTable periods={periods} span={span} />
          </details>
        </>
      )}
    </Card>
  );
};

const SpanLink = ({ span, chosen }: Readonly<{ span: Span; chosen: Span }>) => (
  <Link to="/" search={span === '24h' ? {} : { span }} replace aria-current={span === chosen ? 'true' : undefined}>
    {span === '24h' ? '24 h' : '30 days'}
  </Link>
);

const PeriodTable = ({ periods, span }: Readonly<{ periods: readonly Period[]; span: Span }>) => (
  <div className="scroll">
    <table>
      <caption className="sr-only">{span === '24h' ? 'Leads per hour' : 'Leads per day'}</caption>
      <thead>
        <tr>
          <th scope="col">{span === '24h' ? 'Hour' : 'Day'}</th>
          <th scope="col" className="r">
            Received
          </th>
          <th scope="col" className="r">
            Mailed
          </th>
          <th scope="col" className="r">
            Failed
          </th>
        </tr>
      </thead>
      <tbody>
        {periods.toReversed().map(({ at, received, mailed, failed }) => (
          <tr key={at}>
            <th scope="row">{periodName(at, span)}</th>
            <td className="r">
              <Link to="/leads" search={leadsOf('received', at, span)} className="link">
                {whole(received)}
              </Link>
            </td>
            <td className="r">
              <Link to="/leads" search={leadsOf('mailed', at, span)} className="link">
                {whole(mailed)}
              </Link>
            </td>
            <td className="r">
              <Link to="/leads" search={leadsOf('failed', at, span)} className="link">
                {whole(failed)}
              </Link>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);
