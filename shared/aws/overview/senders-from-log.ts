import type { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import * as E from 'fp-ts/Either';
import * as t from 'io-ts';
import { parseJson } from '../../codecs/json-text';
import type { OverviewPorts, SecretsMatched, SenderCount, Senders } from '../../operations/overview/overview-ports';
import { call } from '../call';
import { filterLog } from '../logs/filter-log';
import { needing } from './needing';

const hourMs = 3_600_000;

/** Lines can arrive in the log later than their time. Each reading looks so far back, in milliseconds. */
const overlapMs = 30_000;

/** How many pages a reading takes at most. The next reading takes the others. */
const mostPages = 20;

/** A request with several leads has a line for each. So many latest requests are remembered, to count each once. */
const mostRequests = 10_000;

const line = t.intersection([
  t.type({ message: t.string }),
  t.partial({
    source: t.string,
    kind: t.string,
    correlation_id: t.string,
    secret: t.keyof({ first: null, second: null, previous: null }),
  }),
]);

type Line = t.TypeOf<typeof line>;

type Counts = { rejected: number; byReason: Record<string, number>; secrets: Record<keyof SecretsMatched, number> };

const noCounts = (): Counts => ({ rejected: 0, byReason: {}, secrets: { first: 0, second: 0, previous: 0 } });

/**
 * Reads rejections and matched secrets in the log of IngestionFunction. It is for local clouds, which make no metrics of
 * the log. A reading goes on where the one before ended. The counts of the hour in which the period begins are whole.
 */
export const sendersFromLog = (
  client: CloudWatchLogsClient,
  logGroupName: string,
  now: () => Date,
): OverviewPorts['readSenders'] => {
  /** Counts by hour, and then by source. The key of lines without a source is empty. */
  const hours = new Map<number, Map<string, Counts>>();
  let read = -Infinity;
  /** The lines of the overlap that were counted, with their times. */
  const seen = new Map<string, number>();
  const requests = new Set<string>();

  const take = (at: number, text: string): void => {
    const decoded = E.flatMap((json) => line.decode(json))(parseJson(text));
    if (E.isLeft(decoded)) return;
    const counts = countsAt(hours, Math.floor(at / hourMs), decoded.right.source ?? '');
    countLine(counts, decoded.right, requests);
  };

  return (since) =>
    needing(
      ['logs:FilterLogEvents'],
      call('log', async () => {
        const start = Math.max(Math.floor(since.getTime() / hourMs) * hourMs, read - overlapMs);
        let pages = 0;
        for await (const events of filterLog(client, logGroupName, start)) {
          for (const { id, at, text } of events) {
            if (seen.has(id)) continue;
            seen.set(id, at);
            // A line of a wrong clock must not hide those that come before its time.
            read = Math.max(read, Math.min(at, now().getTime()));
            take(at, text);
          }
          pages += 1;
          if (pages === mostPages) break;
        }
        for (const [id, at] of seen) if (at < read - overlapMs) seen.delete(id);
        for (const hour of hours.keys()) if ((hour + 1) * hourMs <= since.getTime()) hours.delete(hour);
        return total(hours);
      }),
    );
};

const countsAt = (hours: Map<number, Map<string, Counts>>, hour: number, source: string): Counts => {
  const sources = hours.get(hour) ?? new Map<string, Counts>();
  hours.set(hour, sources);
  const counts = sources.get(source) ?? noCounts();
  sources.set(source, counts);
  return counts;
};

const countLine = (
  counts: Counts,
  { message, kind, secret, correlation_id = '' }: Line,
  requests: Set<string>,
): void => {
  const reason =
    message === 'lead rejected' ? 'not-a-lead' : /^request (refused|failed)$/.test(message) ? kind : undefined;
  if (reason !== undefined) {
    counts.rejected += 1;
    counts.byReason[reason] = (counts.byReason[reason] ?? 0) + 1;
  }
  if (secret === undefined || requests.has(correlation_id)) return;
  counts.secrets[secret] += 1;
  requests.add(correlation_id);
  const [oldest] = requests;
  if (requests.size > mostRequests && oldest !== undefined) requests.delete(oldest);
};

const total = (hours: ReadonlyMap<number, ReadonlyMap<string, Counts>>): Senders => {
  const all = noCounts();
  const bySource = new Map<string, Counts>();
  for (const sources of hours.values())
    for (const [source, counts] of sources) {
      add(all, counts);
      if (source === '') continue;
      const sum = bySource.get(source) ?? noCounts();
      add(sum, counts);
      bySource.set(source, sum);
    }
  return { from: 'log', rejectedByReason: all.byReason, bySource: bySource satisfies ReadonlyMap<string, SenderCount> };
};

const add = (sum: Counts, { rejected, byReason, secrets }: Counts): void => {
  sum.rejected += rejected;
  for (const [reason, count] of Object.entries(byReason)) sum.byReason[reason] = (sum.byReason[reason] ?? 0) + count;
  for (const which of ['first', 'second', 'previous'] as const) sum.secrets[which] += secrets[which];
};
