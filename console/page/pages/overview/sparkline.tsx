import { whole } from '../../format/number';

/** The size of the picture, in pixels. */
const [width, height] = [96, 20];

/** What a source sent in each of the last hours, as bars, and its busiest hour as a number: the highest bar is that. */
export const Sparkline = ({ values }: Readonly<{ values: readonly number[] }>) => {
  const highest = Math.max(0, ...values);
  const step = width / Math.max(1, values.length);
  const name = `Leads in each of the last ${values.length} hours, at most ${whole(highest)} an hour`;
  return (
    <span className="sparkline" title={name}>
      <svg width={width} height={height} role="img" aria-label={`${name}: ${values.join(', ')}`}>
        <path className="ground" d={`M0 ${height - 0.5}H${width}`} />
        {values.map((value, place) => {
          // One lead is visible also beside a thousand.
          const size = value === 0 ? 0 : Math.max(2, (value / highest) * (height - 1));
          return <rect key={place} x={place * step} y={height - 1 - size} width={step - 1} height={size} />;
        })}
      </svg>
      <span className="num dim" aria-hidden="true">
        max {whole(highest)}/h
      </span>
    </span>
  );
};
