/** The namespace of the metrics in CloudWatch. template.yaml sets it as POWERTOOLS_METRICS_NAMESPACE. */
export const metricNamespace = 'Leadline';

/** Values of the dimension `service`, one for each function. template.yaml sets them as POWERTOOLS_SERVICE_NAME. */
export const services = ['ingestion', 'enrichment', 'query', 'reconcile'] as const;

export type Service = (typeof services)[number];

/**
 * Values of the dimension `reason`: why a request was refused (`Refusal`), and why an event failed (`FailureReason`).
 * CloudWatch charges for each value, so that no value comes from a request.
 */
export const reasons = {
  refused: [
    'no-such-route',
    'not-json-type',
    'not-form-type',
    'not-utf8-charset',
    'encoded',
    'too-large',
    'not-utf8',
    'not-json',
    'not-authentic',
    'not-a-lead',
    'raw-taken',
    'unavailable',
    'unreadable',
  ],
  failed: [
    'message-unreadable',
    'raw-missing',
    'raw-unreadable',
    'raw-mismatch',
    'owner-missing',
    'owner-unreadable',
    'held-by-another',
    'mail-refused',
    'mail-unconfirmed',
    'store-unavailable',
    'store-unreadable',
    'worker-lost',
    /** An error was thrown over the message. */
    'unhandled',
  ],
} as const;

export type Reason = (typeof reasons)['refused' | 'failed'][number];

/**
 * Value of the dimension `source` for every source that the parameter MetricSources does not list. At most
 * `mostMetricSources` sources have a value of their own.
 */
export const otherSource = 'other';

export const mostMetricSources = 10;

/** A dimension that a metric has besides `service`, in a set of its own: (service, source) or (service, reason). */
type Split = 'source' | 'reason';

type Metric = Readonly<{
  unit: 'Count' | 'Milliseconds';
  /** The functions that publish it. */
  services: readonly Service[];
  /** Each of them adds a custom metric for each of its values. */
  by?: readonly Split[];
}>;

/**
 * Every metric of the project. Alarms read the sums by service. The dashboard shows all. The metrics in milliseconds are
 * distributions, of which CloudWatch computes percentiles.
 */
export const metrics = {
  /** A new lead was stored and queued. */
  LeadAccepted: { unit: 'Count', services: ['ingestion'], by: ['source'] },
  /** A lead, or a request in quarantine, that its sender had sent before. */
  LeadDuplicate: { unit: 'Count', services: ['ingestion'], by: ['source'] },
  /** A request, or a lead of a request, that was refused. The source is known only of authentic requests. */
  LeadRejected: { unit: 'Count', services: ['ingestion'], by: ['source', 'reason'] },
  LeadQuarantined: { unit: 'Count', services: ['ingestion'], by: ['source'] },
  /** A request without a lead. */
  RequestIgnored: { unit: 'Count', services: ['ingestion'], by: ['source'] },
  FirstSecretMatched: { unit: 'Count', services: ['ingestion'], by: ['source'] },
  SecondSecretMatched: { unit: 'Count', services: ['ingestion'], by: ['source'] },
  /** Only the previous version of the sources secret has the secret of the request. */
  PreviousSecretMatched: { unit: 'Count', services: ['ingestion'], by: ['source'] },
  SourcesUnreadable: { unit: 'Count', services: ['ingestion'] },
  /** From the receipt of a new lead until its message is in the queue. */
  ReceivedToQueued: { unit: 'Milliseconds', services: ['ingestion'] },

  /** A lead was stored with its owner: before its mail, or by a refresh. */
  LeadEnriched: { unit: 'Count', services: ['enrichment'], by: ['source'] },
  /** A lead was mailed. */
  LeadNotified: { unit: 'Count', services: ['enrichment'], by: ['source'] },
  /** An attempt failed, and the queue delivers the message again. */
  LeadRetried: { unit: 'Count', services: ['enrichment'], by: ['reason'] },
  /** A lead was given up to an operator. */
  LeadFailed: { unit: 'Count', services: ['enrichment', 'reconcile'], by: ['source', 'reason'] },
  MailUnconfirmed: { unit: 'Count', services: ['enrichment'] },
  /** From when the message was sent to DelayQueue until its lead was mailed. The delay is part of it. */
  QueuedToMailed: { unit: 'Milliseconds', services: ['enrichment'] },
  /** From when a lead was due until it was mailed for the first time. Not of leads that an operator redrove or replayed. */
  DueToMailed: { unit: 'Milliseconds', services: ['enrichment'] },

  EventsRequeued: { unit: 'Count', services: ['reconcile'] },
  /** Events that are stuck, and could not be read or requeued. */
  EventsNotRequeued: { unit: 'Count', services: ['reconcile'] },

  /** A source has sent no new lead for longer than its setting `silence_hours` allows. Counted by every run. */
  SourceSilent: { unit: 'Count', services: ['reconcile'], by: ['source'] },

  /** The first invocation of a container. */
  ColdStart: { unit: 'Count', services: ['ingestion', 'enrichment', 'query', 'reconcile'] },
} as const satisfies Readonly<Record<string, Metric>>;

export type MetricName = keyof typeof metrics;

/** The metrics that count, and those that are distributions of times. */
export type CountName = {
  [Name in MetricName]: (typeof metrics)[Name]['unit'] extends 'Count' ? Name : never;
}[MetricName];
export type TimeName = Exclude<MetricName, CountName>;

export const metricNames = Object.keys(metrics) as readonly MetricName[];

/** The dimensions that a metric has besides `service`. */
export const splitsOf = (name: MetricName): readonly Split[] => (metrics[name] as Metric).by ?? [];

/**
 * The most custom metrics that the stack can have in CloudWatch, which counts each name with each set of values of its
 * dimensions.
 *
 * @param sources how many sources the parameter MetricSources lists
 */
export const mostCustomMetrics = (sources: number): number => {
  // Without a listed source there is no dimension `source`. With one, the others are counted as `otherSource`.
  const values = {
    source: sources === 0 ? 0 : sources + 1,
    refused: reasons.refused.length,
    failed: reasons.failed.length,
  };
  return metricNames
    .map((name) => {
      const splits = splitsOf(name);
      const bySource = splits.includes('source') ? values.source : 0;
      const byReason = splits.includes('reason') ? (name === 'LeadRejected' ? values.refused : values.failed) : 0;
      return metrics[name].services.length * (1 + bySource + byReason);
    })
    .reduce((sum, one) => sum + one, 0);
};
