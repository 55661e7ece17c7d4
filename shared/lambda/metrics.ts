import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { EmfOutput } from '@aws-lambda-powertools/metrics/types';
import type { Context } from 'aws-lambda';
import { logger, withInvocation } from './logger';
import { type CountName, metrics, type MetricName, otherSource, type Reason, splitsOf, type TimeName } from './names';

/** What a measurement is about. `source` must be authenticated or recorded; it is counted by name only if it is listed. */
export type About = Readonly<{ source?: string | undefined; reason?: Reason }>;

type Measured = Readonly<{ name: MetricName; value: number; source: string | undefined; reason: Reason | undefined }>;

/** What the current invocation has measured and not published. */
let measured: Measured[] = [];

/** Adds to a metric of the current invocation. `withMetrics` publishes the sums. */
export const countMetric = (name: CountName, value = 1, about: About = {}): void => {
  measure(name, value, about);
};

/**
 * Adds a time in milliseconds to a distribution of the current invocation. A clock that went back makes it 0. A time that
 * is no number is left out, because CloudWatch would drop the whole line.
 */
export const measureTime = (name: TimeName, milliseconds: number): void => {
  if (!Number.isFinite(milliseconds)) return;
  measure(name, Math.max(0, Math.round(milliseconds)), {});
};

/** More than an invocation measures. A caller without `withMetrics` must not fill the memory. */
const mostMeasured = 10_000;

const measure = (name: MetricName, value: number, { source, reason }: About): void => {
  if (measured.length >= mostMeasured) publish();
  measured.push({
    name,
    value,
    source: splitsOf(name).includes('source') ? sourceValue(source) : undefined,
    reason: splitsOf(name).includes('reason') ? reason : undefined,
  });
};

/** The sources that have metrics of their own. Without any, no metric has the dimension `source`. */
const listedSources: readonly string[] = (process.env.METRIC_SOURCES ?? '').split(',').filter((id) => id !== '');

const sourceValue = (source: string | undefined): string | undefined => {
  if (source === undefined || listedSources.length === 0) return undefined;
  return listedSources.includes(source) ? source : otherSource;
};

/**
 * One log line for all sets of dimensions: each metric by `service`, and again by `source` and by `reason` if it has
 * them. Powertools would add each metric of a line to each set, and each pair costs.
 */
class SplitMetrics extends Metrics {
  override serializeMetrics(): EmfOutput {
    const line = super.serializeMetrics();
    const [all] = line._aws.CloudWatchMetrics;
    if (all === undefined) return line;
    const splits = (['source', 'reason'] as const)
      .filter((split) => split in line)
      .map((split) => ({
        Namespace: all.Namespace,
        Dimensions: [['service', split]] as [string[]],
        Metrics: all.Metrics.filter(({ Name }) => splitsOf(Name as MetricName).includes(split)),
      }));
    return { ...line, _aws: { ...line._aws, CloudWatchMetrics: [all, ...splits] } };
  }
}

const powertools = new SplitMetrics({ logger });

const units = { Count: MetricUnit.Count, Milliseconds: MetricUnit.Milliseconds } as const;

/** The most values of a metric in a line (Amazon CloudWatch User Guide, "Specification: Embedded metric format"). */
const mostValues = 100;

/** Measurements with the same values of their dimensions share a line. A count is one value, a time is one each. */
const publish = (): void => {
  const groups = new Map<string, Measured[]>();
  for (const one of measured) {
    const key = JSON.stringify([one.source, one.reason]);
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  measured = [];
  for (const group of groups.values()) publishGroup(group);
};

const publishGroup = (group: readonly Measured[]): void => {
  const counts = new Map<MetricName, number>();
  for (const { name, value } of group)
    if (metrics[name].unit === 'Count') counts.set(name, (counts.get(name) ?? 0) + value);
  const times = group.filter(({ name }) => metrics[name].unit !== 'Count');
  publishLine(
    group[0],
    [...counts].map(([name, value]) => ({ name, value })),
    times.slice(0, mostValues - 1),
  );
  for (let next = mostValues - 1; next < times.length; next += mostValues - 1)
    publishLine(group[0], [], times.slice(next, next + mostValues - 1));
};

type Value = Pick<Measured, 'name' | 'value'>;

const publishLine = (about: Measured | undefined, counts: readonly Value[], times: readonly Value[]): void => {
  if (about?.source !== undefined) powertools.addMetadata('source', about.source);
  if (about?.reason !== undefined) powertools.addMetadata('reason', about.reason);
  for (const { name, value } of [...counts, ...times]) powertools.addMetric(name, units[metrics[name].unit], value);
  powertools.publishStoredMetrics();
};

let isColdStart = true;

/** How long before the timeout the metrics are published, in milliseconds. Lambda ends the process without a notice. */
const beforeTimeoutMs = 500;

/** Publishes what was measured before Lambda ends an invocation that takes too long. */
const publishBeforeTimeout = (context: Partial<Context>): (() => void) => {
  const remainingMs = context.getRemainingTimeInMillis?.();
  if (remainingMs === undefined) return () => undefined;
  const timer = setTimeout(publish, Math.max(0, remainingMs - beforeTimeoutMs));
  timer.unref();
  return () => {
    clearTimeout(timer);
  };
};

/**
 * Publishes what the handler measured, even if it throws or nears its timeout, and counts cold starts. The log lines of
 * the handler name the invocation.
 */
export const withMetrics = <Input, Output>(handler: (input: Input, context: Context) => Promise<Output>) =>
  withInvocation(async (input: Input, context: Context): Promise<Output> => {
    if (isColdStart) countMetric('ColdStart');
    isColdStart = false;
    const forgetTimeout = publishBeforeTimeout(context);
    try {
      return await handler(input, context);
    } finally {
      forgetTimeout();
      publish();
    }
  });
