import { AxisBottom, AxisLeft } from '@visx/axis';
import { GridRows } from '@visx/grid';
import { scaleBand, scaleLinear } from '@visx/scale';
import { Bar } from '@visx/shape';
import { useState } from 'react';
import type { Period } from '../../../../shared/operations/views/overview';
import { useWidth } from '../../app/use-width';
import { short, whole } from '../../format/number';
import { periodName, tickName } from '../../format/period';
import { leadsOf } from './leads-of';
import { Link } from '../../parts/link';

/** Whether a period is an hour of the last day, or a day of the last month. */
export type Span = '24h' | '30d';

const edges = { top: 10, right: 12, bottom: 24, left: 40 };

/** Leads that were mailed and failed, as bars. The same numbers are below it as a table, which has the links too. */
export const Chart = ({ periods, span }: Readonly<{ periods: readonly Period[]; span: Span }>) => {
  const [box, width] = useWidth<HTMLDivElement>();
  const [pointed, setPointed] = useState<Period | undefined>();
  const x = scaleBand({
    domain: periods.map(({ at }) => at),
    range: [edges.left, Math.max(width - edges.right, edges.left + 1)],
    padding: 0.16,
  });
  const height = width > 520 ? 316 : 232;
  const highest = Math.max(4, ...periods.map(({ mailed, failed }) => mailed + failed));
  const y = scaleLinear({ domain: [0, highest], range: [height - edges.bottom, edges.top], nice: true });
  const bottom = y(0);
  const every = Math.ceil((periods.length * 46) / Math.max(width - edges.left, 1));
  const ticks = periods.filter((_, place) => (periods.length - 1 - place) % every === 0).map(({ at }) => at);
  return (
    <div className="chart" ref={box}>
      <p className="readout num" aria-hidden="true">
        {pointed === undefined ? ' ' : <Readout period={pointed} span={span} />}
      </p>
      <svg width={width} height={height} aria-hidden="true" onMouseLeave={() => setPointed(undefined)}>
        <GridRows scale={y} left={edges.left} width={Math.max(width - edges.left - edges.right, 0)} numTicks={4} />
        {periods.map((period) => {
          const { at, mailed, failed } = period;
          const left = x(at) ?? 0;
          const band = x.bandwidth();
          const top = y(mailed);
          // A failure is visible also beside a thousand mails.
          const red = failed === 0 ? 0 : Math.max(bottom - y(failed), 3);
          const isPointed = pointed?.at === at;
          return (
            <g key={at} onMouseEnter={() => setPointed(period)}>
              <Bar
                x={left - (x.step() - band) / 2}
                y={edges.top}
                width={x.step()}
                height={bottom - edges.top}
                className={isPointed ? 'column pointed' : 'column'}
              />
              {mailed === 0 ? null : (
                <Link to="/leads" search={leadsOf('mailed', at, span)} tabIndex={-1}>
                  <Bar x={left} y={top} width={band} height={bottom - top} rx={2} className="mailed" />
                </Link>
              )}
              {failed === 0 ? null : (
                <Link to="/leads" search={leadsOf('failed', at, span)} tabIndex={-1}>
                  <Bar
                    x={left}
                    y={top - red - (mailed === 0 ? 0 : 1)}
                    width={band}
                    height={red}
                    rx={1.5}
                    className="failed"
                  />
                </Link>
              )}
            </g>
          );
        })}
        <AxisLeft
          scale={y}
          left={edges.left}
          numTicks={4}
          hideAxisLine
          hideTicks
          tickFormat={(value) => (Number.isInteger(Number(value)) ? short(Number(value)) : '')}
          tickLabelProps={{ className: 'axis', textAnchor: 'end', dx: -4, dy: 4 }}
        />
        <AxisBottom
          scale={x}
          top={bottom}
          tickValues={ticks}
          hideTicks
          tickFormat={(at) => tickName(at, span)}
          tickLabelProps={{ className: 'axis', textAnchor: 'middle', dy: 2 }}
        />
      </svg>
    </div>
  );
};

const Readout = ({ period: { at, received, mailed, failed }, span }: Readonly<{ period: Period; span: Span }>) => (
  <>
    {periodName(at, span)}: {whole(mailed)} mailed, {whole(failed)} failed, {whole(received)} received
  </>
);
