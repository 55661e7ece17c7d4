import { evaluate } from '../../tests/support/evaluate-template';
import { at, entries, list, type Node } from '../../tests/support/read-template';
import { ofType, parameter, properties, template, textOf } from '../../tests/support/the-template';

/** The settings of the template that cost money or limit the throughput, at the defaults of its parameters. */
export type Stack = Readonly<{
  memoryGb: number;
  batchSize: number;
  batchWindowSeconds: number;
  /** Workers that read DelayQueue at the same time. */
  enrichmentConcurrency: number;
  throttleRate: number;
  throttleBurst: number;
  /** How long a failed message is invisible. */
  visibilitySeconds: number;
  delaySeconds: number;
  /** Queues that Lambda polls. */
  polledQueues: number;
  reconcilesPerHour: number;
  /** Metrics that alarms read. */
  alarmMetrics: number;
  dashboards: number;
  secrets: number;
  /** Whether API Gateway has metrics for each of its methods, which are billed as custom metrics. */
  hasMethodMetrics: boolean;
  methods: number;
  accessLogFormat: string;
  /** Whether Lambda logs the start and the report of each invocation. */
  logsInvocations: boolean;
}>;

const numberOf = (name: string, node: Node | undefined): number => {
  const value = Number(evaluate(node));
  if (!Number.isFinite(value)) throw new Error(`template.yaml has no number for ${name}.`);
  return value;
};

/** Resources that every deployment has. */
const always = (type: string): readonly Node[] =>
  ofType(type)
    .map(([, one]) => one)
    .filter((one) => at(one, 'Condition') === undefined);

const eventsOf = (type: string): readonly Node[] =>
  ofType('AWS::Serverless::Function').flatMap(([, one]) =>
    entries(at(one, 'Properties', 'Events'))
      .map(([, event]) => event)
      .filter((event) => at(event, 'Type') === type),
  );

/** CloudWatch bills each metric of an alarm with metric maths. */
const metricsOfAlarm = (alarm: Node): number => {
  const metrics = list(evaluate(at(alarm, 'Properties', 'Metrics'))).filter(
    (one) => at(one, 'MetricStat') !== undefined,
  );
  return Math.max(1, metrics.length);
};

const runsPerHour = (schedule: string): number => {
  const minutes = /^rate\((\d+) minutes?\)$/.exec(schedule)?.[1];
  if (minutes === undefined) throw new Error(`The model of the cost cannot read the schedule ${schedule}.`);
  return 60 / Number(minutes);
};

/** Reads template.yaml. */
export const deployedStack = (): Stack => {
  const api = properties('LeadApi');
  const [methods] = list(at(api, 'MethodSettings'));
  const delayQueue = at(properties('EnrichmentFunction'), 'Events', 'DelayQueue', 'Properties');
  const globals = at(template, 'Globals', 'Function');
  const [schedule] = eventsOf('Schedule');
  const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);
  return {
    memoryGb: numberOf('MemorySize', at(globals, 'MemorySize')) / 1024,
    batchSize: numberOf('BatchSize', at(delayQueue, 'BatchSize')),
    batchWindowSeconds: numberOf('the batching window', at(delayQueue, 'MaximumBatchingWindowInSeconds')),
    enrichmentConcurrency: numberOf('EnrichmentMaxConcurrency', at(parameter('EnrichmentMaxConcurrency'), 'Default')),
    throttleRate: numberOf('ThrottlingRateLimit', at(methods, 'ThrottlingRateLimit')),
    throttleBurst: numberOf('ThrottlingBurstLimit', at(methods, 'ThrottlingBurstLimit')),
    visibilitySeconds: numberOf('VisibilityTimeout', at(properties('DelayQueue'), 'VisibilityTimeout')),
    delaySeconds: numberOf('DelaySeconds', at(properties('DelayQueue'), 'DelaySeconds')),
    polledQueues: eventsOf('SQS').length,
    reconcilesPerHour: runsPerHour(textOf(at(schedule, 'Properties', 'Schedule'))),
    alarmMetrics: sum(always('AWS::CloudWatch::Alarm').map(metricsOfAlarm)),
    dashboards: always('AWS::CloudWatch::Dashboard').length,
    secrets: always('AWS::SecretsManager::Secret').length,
    hasMethodMetrics: at(methods, 'MetricsEnabled') === true,
    methods: eventsOf('Api').length,
    accessLogFormat: textOf(at(api, 'AccessLogSetting', 'Format')),
    logsInvocations: (at(globals, 'LoggingConfig', 'SystemLogLevel') ?? 'INFO') !== 'WARN',
  };
};
