import type { Overview, Period, SourceOverview, Trouble } from '../../shared/operations/views/overview';
import { counted } from '../../shared/operations/views/counted';
import { ageText } from './age-text';
import { countsText } from './counts-text';
import { sparkline } from './sparkline';
import { tableRow } from './table-row';
import { wrapped } from './wrapped';

/**
 * An overview for people. What is not known is `–`.
 *
 * @param width how many characters a line should have at most. A longer one is broken, or its parts are on lines of their
 *   own, but no number is left out
 */
export const overviewLines = (stackName: string, overview: Overview, width: number): readonly string[] => [
  ...wrapped(
    `${stackName}, ${overview.at}${overview.stale_since === null ? '' : `, stale since ${overview.stale_since}`}`,
    width,
  ),
  '',
  ...[
    ['Events', eventsText(overview)] as const,
    ...seriesRows(overview),
    ['Due to mailed', dueToMailedText(overview)] as const,
  ].flatMap(rowLines(width)),
  '',
  ...[...queueRows(overview), ['Failed events', failedText(overview)] as const, ...quarantineRows(overview)].flatMap(
    rowLines(width),
  ),
  '',
  ...(overview.sources.length === 0
    ? wrapped('No source has sent a lead.', width)
    : sourceLines(overview.sources, overview.at, width)),
];

/** A part that cannot be read, and the permissions that it needs. */
export const troubleLine = ({ part, kind, cause, rights }: Trouble): string =>
  kind === 'access-denied'
    ? `${partNames[part]} not read: access is denied (${cause}). It needs ${rights.join(', ')}.`
    : `${partNames[part]} not read: ${kind} (${cause}).`;

const partNames: Readonly<Record<Trouble['part'], string>> = {
  count: 'Number of events',
  events: 'Pending events',
  queues: 'Queues',
  quarantine: 'Quarantine',
  activity: 'Silence of sources',
  senders: 'Rejections and secrets',
};

/** The name of a row, and what it says. */
type Row = readonly [name: string, text: string];

const nameWidth = 14;
const row = tableRow([nameWidth]);

/** Where a line of bars does not fit beside the name of its row, the text is below the name. */
const narrowestText = 24;

const rowLines =
  (width: number) =>
  ([name, text]: Row): readonly string[] => {
    const textWidth = width - nameWidth - 1;
    return textWidth < narrowestText
      ? [name, ...wrapped(text, width - 2).map((line) => `  ${line}`)]
      : wrapped(text, textWidth).map((line, index) => row([index === 0 ? name : '', line]));
  };

const unknown = '–';

const numberText = (value: number | null): string => (value === null ? unknown : String(value));

const eventsText = ({ events, counted }: Overview): string => {
  if (events === null)
    return `not counted: about ${numberText(counted.about)} items, more than ${counted.limit}. Add --count.`;
  const states = Object.entries(events).map(([state, count]) => `${count} ${state}`);
  return `${states.join(', ')}${counted.state === 'running' ? ' (still counting)' : ''}`;
};

const seriesRows = ({ hours, days }: Overview): readonly Row[] => {
  if (hours === null || days === null) return [];
  const series = (name: 'received' | 'mailed' | 'failed'): string => {
    const sum = (periods: readonly Period[]): number => periods.reduce((total, period) => total + period[name], 0);
    return `${sparkline(hours.map((period) => period[name]))} ${sum(hours)} in 24 h, ${sum(days)} in 30 days`;
  };
  return [
    ['Received', series('received')],
    ['Mailed', series('mailed')],
    ['Failed', series('failed')],
  ];
};

const dueToMailedText = ({ due_to_mailed: times }: Overview): string => {
  if (times?.p50_ms == null || times.p99_ms == null) return unknown;
  return `p50 ${secondsText(times.p50_ms)}, p99 ${secondsText(times.p99_ms)}, of ${counted(times.count, 'mail')} in 24 h`;
};

const secondsText = (ms: number): string =>
  ms < 60_000 ? `${(ms / 1000).toFixed(1)} s` : ageText(Math.round(ms / 1000));

const queueRows = ({ at, delay_queue, retry_queue, dead_letters }: Overview): readonly Row[] => [
  [
    'Delay queue',
    [
      `${numberText(delay_queue.waiting)} waiting, ${numberText(delay_queue.in_flight)} in flight`,
      ...(delay_queue.next_due_at === null ? [] : [`next due in ${between(at, delay_queue.next_due_at)}`]),
      ...(delay_queue.oldest_due_at === null ? [] : [`oldest due since ${between(delay_queue.oldest_due_at, at)}`]),
    ].join('; '),
  ],
  ['Retry queue', `${numberText(retry_queue.waiting)} waiting, ${numberText(retry_queue.in_flight)} in flight`],
  ['Dead letters', `${numberText(dead_letters.waiting)} waiting, ${numberText(dead_letters.hidden)} held`],
];

/** Failed events and dead letters differ: SQS deletes a dead letter after 14 days, and an event can have several. */
const failedText = ({ at, events, dead_letters }: Overview): string => {
  const { by_reason, oldest_failed_at, waiting, hidden } = dead_letters;
  if (events === null || by_reason === null) return unknown;
  const isMissing = waiting !== null && hidden !== null && events.FAILED > waiting + hidden;
  return [
    reasonTexts(by_reason)[0] ?? 'none',
    ...(oldest_failed_at === null ? [] : [`oldest failed ${between(oldest_failed_at, at)} ago`]),
    ...(isMissing ? ['more than there are dead letters: leadline dlq missing lists those without one'] : []),
  ].join('; ');
};

const quarantineRows = ({ at, quarantine, rejected_by_reason }: Overview): readonly Row[] => [
  [
    'Quarantine',
    quarantine === null
      ? unknown
      : [
          `${quarantine.count} waiting${quarantine.is_whole ? '' : ', or more'}`,
          ...(quarantine.oldest_at === null ? [] : [`oldest ${between(quarantine.oldest_at, at)} ago`]),
          ...(quarantine.count === 0
            ? []
            : [`${counted(quarantine.by_kind.body, 'body', 'bodies')}, ${counted(quarantine.by_kind.lead, 'lead')}`]),
        ].join('; '),
  ],
  ['Rejected', rejected_by_reason === null ? unknown : (reasonTexts(rejected_by_reason)[0] ?? 'none in 24 h')],
];

const reasonTexts = (counts: Readonly<Record<string, number>> | null): readonly string[] =>
  counts === null || Object.keys(counts).length === 0 ? [] : [countsText(counts)];

/** From one instant to another one. */
const between = (from: string, to: string): string =>
  ageText(Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / 1000)));

const headings: readonly string[] = [
  ...['SOURCE', 'LAST LEAD', '1 H', '24 H', 'FAILED', 'QUARANTINE', 'REJECTED', 'KEYS 1/2/PREV', 'SILENT'],
];

/** The values below `headings`. */
const cellsOf = (source: SourceOverview, now: string): readonly string[] => {
  const keys = source.keys_matched;
  return [
    source.source,
    source.last_at === null ? unknown : `${between(source.last_at, now)} ago`,
    numberText(source.last_hour),
    numberText(source.last_day),
    numberText(source.failed),
    numberText(source.quarantined),
    numberText(source.rejected),
    keys === null ? unknown : `${keys.first}/${keys.second}/${keys.previous}`,
    source.is_silent === null ? unknown : source.is_silent ? `yes, for ${source.silence_hours} h or more` : 'no',
  ];
};

/** A table of the sources. What each sent by hour is its last column, and the first thing that is left out. */
const sourceLines = (sources: readonly SourceOverview[], now: string, width: number): readonly string[] => {
  const rows = sources.map((source) => cellsOf(source, now));
  const hours = sources.map(({ by_hour }) => (by_hour === null ? unknown : sparkline(by_hour)));
  const table = tableOf([headings, ...rows]);
  const withHours = tableOf([[...headings, 'BY HOUR'], ...rows.map((cells, index) => [...cells, hours[index] ?? ''])]);
  return (
    [withHours, table].find((lines) => lines.every((line) => line.length <= width)) ??
    rows.flatMap((cells) => stacked(cells, width))
  );
};

/** Each column is as wide as its longest cell. */
const tableOf = (rows: readonly (readonly string[])[]): readonly string[] =>
  rows.map(tableRow((rows[0] ?? []).map((_, column) => Math.max(...rows.map((cells) => cells[column]?.length ?? 0)))));

/** A source as lines of its own: its id, and below it each value after its heading. */
const stacked = ([source = '', ...cells]: readonly string[], width: number): readonly string[] => [
  source,
  ...wrapped(cells.map((cell, index) => `${headings[index + 1] ?? ''} ${cell}`).join(', '), width - 2).map(
    (line) => `  ${line}`,
  ),
];
