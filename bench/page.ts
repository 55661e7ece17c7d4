import { table } from './markdown-table';
import { type Answer, hasBound, isMissed, type Row } from './measure';

/** What the measurements depend on. The load is that of the last minute, before and after. */
export type Machine = Readonly<{
  date: string;
  processor: string;
  cores: number;
  load: readonly [number, number];
  minutes: number;
}>;

const digits = (value: number): string => (value >= 100 ? value.toFixed(0) : value.toPrecision(3));

const cells = (row: Row): readonly string[] => {
  const { what, unit, measured, atMost, atLeast } = row;
  const text = (value: number): string => `${digits(value)}${unit === '' ? '' : ` ${unit}`}`;
  const bound = [
    ...(atMost === undefined ? [] : [`≤ ${text(atMost)}`]),
    ...(atLeast === undefined ? [] : [`≥ ${text(atLeast)}`]),
  ].join(', ');
  const met = !hasBound(row) ? '' : isMissed(row) ? '**no**' : 'yes';
  return typeof measured === 'number'
    ? [what, text(measured), '', bound, met]
    : [what, text(measured.median), `${digits(measured.q1)}–${digits(measured.q3)}`, bound, met];
};

/** The table of an answer. */
export const tableOf = ({ rows }: Pick<Answer, 'rows'>): readonly string[] =>
  table(['what', 'median', 'quartiles', 'bound', 'met'], rows.map(cells), [0, 4]);

/** The text of docs/performance.md. */
export const pageOf = (answers: readonly Answer[], { date, processor, cores, load, minutes }: Machine): string =>
  [
    '# Performance',
    '',
    '`npm run bench` measures this, writes this page, and exits with 1 if a bound is missed. Compare ratios, not times:',
    'a time depends on the machine and on its load.',
    '',
    `Measured on ${date}, ${processor}, ${cores} cores, load ${load.map((one) => one.toFixed(1)).join(' at the start and ')} at the end, ${minutes.toFixed(0)} minutes.`,
    '',
    '## Bounds',
    '',
    'The rows below that have a bound.',
    '',
    ...tableOf({ rows: answers.flatMap(({ rows }) => rows.filter(hasBound)) }),
    ...answers.flatMap((answer) => ['', `## ${answer.title}`, '', answer.about, '', ...tableOf(answer)]),
    '',
  ].join('\n');
