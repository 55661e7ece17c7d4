import type { Overview, Period, SourceOverview, Trouble } from '../../shared/operations/views/overview';
import { counted } from '../../shared/operations/views/counted';
import { ageText } from './age-text';
import { countsText } from './counts-text';
import { sparkline } from './sparkline';
import { tableRow } from './table-row';

/** An overview for people. What is not known is `–`. */
export const overviewLines = (stackName: string, overview: Overview): readonly string[] => {
  const { queues, sources } = {
    queues: [...queueLines(overview), ...quarantineLines(overview)],
    sources: overview.sources,
  };
  return [
    `${stackName}, ${overview.at}${overview.stale_since === null ? '' : `, stale since ${overview.stale_since}`}`,
    '',
    row('Events', eventsText(overview)),
    ...seriesLines(overview),
    row('Due to mailed', dueToMailedText(overview)),
    '',
    ...queues,
    '',
    ...(sources.length === 0
      ? ['No source has sent a lead.']
      : [sourceHeading, ...sources.map(sourceRow(overview.at))]),
  ];
};

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

const row = (name: string, text: string): string => tableRow([14])([name, text]);

const unknown = '–';

const numberText = (value: number | null): string => (value === null ? unknown : String(value));

const eventsText = ({ events, counted }: Overview): string => {
  if (events === null)
    return `not counted: about ${numberText(counted.about)} items, more than ${counted.limit}. Add --count.`;
  const states = Object.entries(events).map(([state, count]) => `${count} ${state}`);
  return `${states.join(', ')}${counted.state === 'running' ? ' (still counting)' : ''}`;
};

const seriesLines = ({ hours, days }: Overview): readonly string[] => {
  if (hours === null || days === null) return [];
  const series = (name: 'received' | 'mailed' | 'failed'): string => {
    const sum = (periods: readonly Period[]): number => periods.reduce((total, period) => total + period[name], 0);
    return `${sparkline(hours.map((period) => period[name]))} ${sum(hours)} in 24 h, ${sum(days)} in 30 days`;
  };
  return [row('Received', series('received')), row('Mailed', series('mailed')), row('Failed', series('failed'))];
};

const dueToMailedText = ({ due_to_mailed: times }: Overview): string => {
  if (times?.p50_ms == null || times.p99_ms == null) return unknown;
  return `p50 ${secondsText(times.p50_ms)}, p99 ${secondsText(times.p99_ms)}, of ${counted(times.count, 'mail')} in 24 h`;
};

const secondsText = (ms: number): string =>
  ms < 60_000 ? `${(ms / 1000).toFixed(1)} s` : ageText(Math.round(ms / 1000));

const queueLines = ({ at, delay_queue, retry_queue, dead_letters }: Overview): readonly string[] => [
  row(
    'Delay queue',
    [
      `${numberText(delay_queue.waiting)} waiting, ${numberText(delay_queue.in_flight)} in flight`,
      ...(delay_queue.next_due_at === null ? [] : [`next due in ${between(at, delay_queue.next_due_at)}`]),
      ...(delay_queue.oldest_due_at === null ? [] : [`oldest due since ${between(delay_queue.oldest_due_at, at)}`]),
    ].join('; '),
  ),
  row('Retry queue', `${numberText(retry_queue.waiting)} waiting, ${numberText(retry_queue.in_flight)} in flight`),
  row(
    'Dead letters',
    [
      `${numberText(dead_letters.waiting)} waiting, ${numberText(dead_letters.hidden)} held`,
      ...(dead_letters.oldest_failed_at === null
        ? []
        : [`oldest failed ${between(dead_letters.oldest_failed_at, at)} ago`]),
      ...reasonTexts(dead_letters.by_reason),
    ].join('; '),
  ),
];

const quarantineLines = ({ at, quarantine, rejected_by_reason }: Overview): readonly string[] => [
  row(
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
  ),
  row('Rejected', rejected_by_reason === null ? unknown : (reasonTexts(rejected_by_reason)[0] ?? 'none in 24 h')),
];

const reasonTexts = (counts: Readonly<Record<string, number>> | null): readonly string[] =>
  counts === null || Object.keys(counts).length === 0 ? [] : [countsText(counts)];

/** From one instant to another one. */
const between = (from: string, to: string): string =>
  ageText(Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / 1000)));

const widths = [20, 12, 6, 6, 24, 7, 11, 9, 18];

const sourceHeading = tableRow(widths)([
  'SOURCE',
  'LAST LEAD',
  '1 H',
  '24 H',
  'BY HOUR',
  'FAILED',
  'QUARANTINE',
  'REJECTED',
  'KEYS 1/2/PREVIOUS',
  'SILENT',
]);

const sourceRow =
  (now: string) =>
  (source: SourceOverview): string => {
    const keys = source.keys_matched;
    return tableRow(widths)([
      source.source,
      source.last_at === null ? unknown : `${between(source.last_at, now)} ago`,
      numberText(source.last_hour),
      numberText(source.last_day),
      source.by_hour === null ? unknown : sparkline(source.by_hour),
      numberText(source.failed),
      numberText(source.quarantined),
      numberText(source.rejected),
      keys === null ? unknown : `${keys.first}/${keys.second}/${keys.previous}`,
      source.is_silent === null ? unknown : source.is_silent ? `yes, for ${source.silence_hours} h or more` : 'no',
    ]);
  };
