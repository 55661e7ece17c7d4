import {
  type CloudWatchClient,
  type MetricDataQuery,
  type MetricDataResult,
  paginateGetMetricData,
} from '@aws-sdk/client-cloudwatch';
import type { OverviewPorts, SenderCount, Senders } from '../../operations/overview/overview-ports';
import { metricNamespace, type MetricName } from '../../lambda/names';
import { call } from '../call';
import { needing } from './needing';

const hourSeconds = 3_600;

/** The id of a query, the metric that it sums up, and the dimension whose values it tells apart. */
const searches = {
  reasons: ['LeadRejected', 'reason'],
  rejected: ['LeadRejected', 'source'],
  first: ['FirstSecretMatched', 'source'],
  second: ['SecondSecretMatched', 'source'],
  previous: ['PreviousSecretMatched', 'source'],
} as const satisfies Readonly<Record<string, readonly [MetricName, 'reason' | 'source']>>;

type Search = keyof typeof searches;

/** The label of a result is the value of the dimension (Amazon CloudWatch User Guide, "Using dynamic labels"). */
const queryOf = (id: Search): MetricDataQuery => {
  const [name, dimension] = searches[id];
  return {
    Id: id,
    Expression: `SEARCH('{${metricNamespace},service,${dimension}} MetricName="${name}" service="ingestion"', 'Sum', ${hourSeconds})`,
    Label: `\${PROP('Dim.${dimension}')}`,
  };
};

/**
 * Reads rejections and matched secrets in the metrics of the functions. They have the sources that the parameter
 * MetricSources lists, and `other` for the rest. All stacks of an account and region share them.
 */
export const sendersFromMetrics =
  (client: CloudWatchClient, now: () => Date): OverviewPorts['readSenders'] =>
  (since) =>
    needing(
      ['cloudwatch:GetMetricData'],
      call('metrics', async () => {
        const pages = paginateGetMetricData(
          { client },
          {
            StartTime: new Date(Math.floor(since.getTime() / 3_600_000) * 3_600_000),
            EndTime: now(),
            MetricDataQueries: (Object.keys(searches) as Search[]).map(queryOf),
          },
        );
        const results: MetricDataResult[] = [];
        for await (const { MetricDataResults = [] } of pages) results.push(...MetricDataResults);
        return sendersIn(results);
      }),
    );

/** The sums of a search by the value of its dimension. Pages of one result have the same label. */
const sumsOf = (results: readonly MetricDataResult[], search: Search): Readonly<Record<string, number>> => {
  const sums: Record<string, number> = {};
  for (const { Id, Label = '', Values = [] } of results)
    if (Id === search) sums[Label] = Values.reduce((sum, value) => sum + value, sums[Label] ?? 0);
  return sums;
};

const sendersIn = (results: readonly MetricDataResult[]): Senders => {
  const [rejected, first, second, previous] = (['rejected', 'first', 'second', 'previous'] as const).map((search) =>
    sumsOf(results, search),
  );
  const sources = new Set([rejected, first, second, previous].flatMap((sums = {}) => Object.keys(sums)));
  return {
    from: 'metrics',
    rejectedByReason: sumsOf(results, 'reasons'),
    bySource: new Map(
      [...sources].map((source): [string, SenderCount] => [
        source,
        {
          rejected: rejected?.[source] ?? 0,
          secrets: { first: first?.[source] ?? 0, second: second?.[source] ?? 0, previous: previous?.[source] ?? 0 },
        },
      ]),
    ),
  };
};
