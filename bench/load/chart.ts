/** A line of a chart: a point is the time in seconds, and a value in the unit of the chart. */
export type Line = Readonly<{ name: string; points: readonly (readonly [seconds: number, value: number])[] }>;

/** A chart over time. With the scale `log`, each step of the axis is a factor of ten. */
export type Chart = Readonly<{ title: string; scale: 'linear' | 'log'; lines: readonly Line[] }>;

const width = 860;
const height = 170;
const left = 60;
const right = 20;
const top = 34;
const bottom = 26;

/** Colours with enough contrast on white and on black (WCAG, 3:1 for graphics), distinguishable without hue. */
const style = `
  text { font: 12px system-ui, sans-serif; fill: #57606a; }
  .title { font-weight: 600; fill: #1f2328; }
  .grid { stroke: #d0d7de; }
  .line { fill: none; stroke-width: 1.6; }
  .line0 { stroke: #0969da; } .name0 { fill: #0969da; }
  .line1 { stroke: #bc4c00; stroke-dasharray: 5 3; } .name1 { fill: #bc4c00; }
  @media (prefers-color-scheme: dark) {
    text { fill: #9198a1; }
    .title { fill: #f0f6fc; }
    .grid { stroke: #3d444d; }
    .line0 { stroke: #58a6ff; } .name0 { fill: #58a6ff; }
    .line1 { stroke: #ffa657; } .name1 { fill: #ffa657; }
  }`;

/** The smallest of 1, 2 and 5 times a power of ten that is not less than a value. */
const roundUp = (value: number): number => {
  const power = 10 ** Math.floor(Math.log10(value));
  return ([1, 2, 5].find((factor) => factor * power >= value) ?? 10) * power;
};

type Axis = Readonly<{ ticks: readonly number[]; shareOf: (value: number) => number }>;

const linearAxis = (largest: number): Axis => {
  const step = roundUp(Math.max(largest, 1e-9) / 4);
  const count = Math.ceil(largest / step) || 1;
  return {
    ticks: Array.from({ length: count + 1 }, (_, index) => index * step),
    shareOf: (value) => value / (count * step),
  };
};

const logAxis = (smallest: number, largest: number): Axis => {
  const from = Math.floor(Math.log10(Math.max(smallest, 1)));
  const to = Math.max(from + 1, Math.ceil(Math.log10(Math.max(largest, 1))));
  return {
    ticks: Array.from({ length: to - from + 1 }, (_, index) => 10 ** (from + index)),
    shareOf: (value) => Math.max(0, (Math.log10(Math.max(value, 1)) - from) / (to - from)),
  };
};

const axisOf = ({ scale, lines }: Chart): Axis => {
  const values = lines.flatMap(({ points }) => points.map(([, value]) => value));
  const largest = Math.max(0, ...values);
  return scale === 'linear' ? linearAxis(largest) : logAxis(Math.min(largest, ...values), largest);
};

const short = (value: number): string => String(Number(value.toFixed(2)));
const place = (value: number): string => value.toFixed(1);

const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

const drawn = (chart: Chart, seconds: number): readonly string[] => {
  const { ticks, shareOf } = axisOf(chart);
  const x = (at: number): number => left + (at / seconds) * (width - left - right);
  const y = (value: number): number => height - bottom - shareOf(value) * (height - top - bottom);
  const minutes = linearAxis(seconds / 60).ticks.filter((minute) => minute * 60 <= seconds);
  return [
    `<text class="title" x="${left}" y="16">${escape(chart.title)}</text>`,
    ...chart.lines.map(
      ({ name }, index) =>
        `<text class="name${index}" x="${width - right}" y="${16 + 13 * index}" text-anchor="end">${escape(name)}</text>`,
    ),
    ...ticks.flatMap((tick) => [
      `<path class="grid" d="M${left} ${place(y(tick))}H${width - right}"/>`,
      `<text x="${left - 6}" y="${place(y(tick) + 4)}" text-anchor="end">${short(tick)}</text>`,
    ]),
    ...minutes.map(
      (minute) =>
        `<text x="${place(x(minute * 60))}" y="${height - 8}" text-anchor="middle">${short(minute)} min</text>`,
    ),
    ...chart.lines.map(
      ({ points }, index) =>
        `<path class="line line${index}" d="M${points.map(([at, value]) => `${place(x(at))} ${place(y(value))}`).join('L')}"/>`,
    ),
  ];
};

/**
 * Draws charts of two lines at most, one below the other, with one time axis. The text is readable on light and on dark
 * pages: a page shows the picture in the colours that its reader prefers.
 *
 * @param label describes the picture for those who do not see it
 * @returns an SVG document
 */
export const svgOf = (charts: readonly Chart[], label: string): string => {
  const seconds = Math.max(
    1,
    ...charts.flatMap(({ lines }) => lines.flatMap(({ points }) => points.map(([at]) => at))),
  );
  const total = height * charts.length;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${total}" role="img" aria-label="${escape(label)}">`,
    `<style>${style}\n</style>`,
    ...charts.flatMap((chart, index) => [
      `<g transform="translate(0 ${index * height})">`,
      ...drawn(chart, seconds),
      '</g>',
    ]),
    '</svg>',
    '',
  ].join('\n');
};
