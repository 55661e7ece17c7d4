import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { Context } from 'aws-lambda';
import { logger, namingInvocation } from './logger';

const metrics = new Metrics({ logger });

/** Every metric that the functions count. The dashboard of template.yaml shows each of them. */
export const metricNames = [
  'LeadAccepted',
  'LeadDuplicate',
  'LeadRejected',
  'SourcesUnreadable',
  'LeadNotified',
  'LeadRetried',
  'LeadFailed',
  'MailUnconfirmed',
  'EventsRequeued',
  'EventsNotRequeued',
] as const;

export type MetricName = (typeof metricNames)[number];

export const countMetric = (name: MetricName, value = 1): void => {
  metrics.addMetric(name, MetricUnit.Count, value);
};

let isColdStart = true;

/** Without a metric Powertools would print a warning. */
const publish = ({ awsRequestId }: Context): void => {
  if (metrics.hasStoredMetrics())
    metrics
      .addMetadata('function_request_id', awsRequestId)
      .addMetadata('cold_start', String(isColdStart))
      .publishStoredMetrics();
  isColdStart = false;
};

/** Runs a handler, then writes what it counted, whatever became of it. Its log lines name the invocation. */
export const publishingMetrics = <Input, Output>(handler: (input: Input, context: Context) => Promise<Output>) =>
  namingInvocation(async (input: Input, context: Context): Promise<Output> => {
    try {
      return await handler(input, context);
    } finally {
      publish(context);
    }
  });
