import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { Context } from 'aws-lambda';
import { logger, withInvocation } from './logger';

const metrics = new Metrics({ logger });

/** Every metric that the functions count. The dashboard of template.yaml shows each of them. */
export const metricNames = [
  'LeadAccepted',
  'LeadDuplicate',
  'LeadRejected',
  'LeadQuarantined',
  'RequestIgnored',
  'FirstSecretMatched',
  'SecondSecretMatched',
  'PreviousSecretMatched',
  'SourcesUnreadable',
  'LeadNotified',
  'LeadRetried',
  'LeadFailed',
  'MailUnconfirmed',
  'EventsRequeued',
  'EventsNotRequeued',
] as const;

export type MetricName = (typeof metricNames)[number];

/** Adds to a metric of the current invocation. `withMetrics` publishes the sums when the invocation ends. */
export const countMetric = (name: MetricName, value = 1): void => {
  metrics.addMetric(name, MetricUnit.Count, value);
};

let isColdStart = true;

/** Publishes only if there is a metric, because Powertools prints a warning otherwise. */
const publish = ({ awsRequestId }: Context): void => {
  if (metrics.hasStoredMetrics())
    metrics
      .addMetadata('function_request_id', awsRequestId)
      .addMetadata('cold_start', String(isColdStart))
      .publishStoredMetrics();
  isColdStart = false;
};

/** Publishes the metrics that the handler counted, even if the handler throws. Its log lines name the invocation. */
export const withMetrics = <Input, Output>(handler: (input: Input, context: Context) => Promise<Output>) =>
  withInvocation(async (input: Input, context: Context): Promise<Output> => {
    try {
      return await handler(input, context);
    } finally {
      publish(context);
    }
  });
