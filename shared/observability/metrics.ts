import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';

const metrics = new Metrics();

export type MetricName =
  | 'LeadAccepted'
  | 'LeadDuplicate'
  | 'LeadRejected'
  | 'SourcesUnreadable'
  | 'LeadNotified'
  | 'LeadRetried'
  | 'LeadFailed'
  | 'MailUnconfirmed'
  | 'EventsRequeued'
  | 'EventsNotRequeued';

export const countMetric = (name: MetricName, value = 1): void => {
  metrics.addMetric(name, MetricUnit.Count, value);
};

/** Runs a handler, then writes what it counted, whatever became of it. */
export const publishingMetrics =
  <Input, Context, Output>(handler: (input: Input, context: Context) => Promise<Output>) =>
  async (input: Input, context: Context): Promise<Output> => {
    try {
      return await handler(input, context);
    } finally {
      metrics.publishStoredMetrics();
    }
  };
