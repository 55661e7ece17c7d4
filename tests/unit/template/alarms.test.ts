import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dlqCommand } from '../../../cli/commands/dlq';
import { quarantineCommand } from '../../../cli/commands/quarantine';
import type { Session } from '../../../cli/session';
import { root } from '../../../dev/paths';
import { metricNamespace, metrics } from '../../../shared/lambda/names';
import { at, entries, list, type Node } from '../../support/read-template';
import { ofType, parameter, properties, template, textOf } from '../../support/the-template';

const day = 86_400;

/** What the description of each alarm tells its reader to run, to read or to change. */
const firstSteps: Readonly<Record<string, string>> = {
  DeadLetterAlarm: 'leadline dlq list',
  DeadLetterAgeAlarm: 'leadline dlq redrive',
  DeadLettersLeftAlarm: 'leadline dlq list',
  OldestMessageAlarm: 'EnrichmentMaxConcurrency',
  OldestRetryAlarm: 'event source mapping',
  IngestionErrorAlarm: 'sam logs -n IngestionFunction',
  EnrichmentErrorAlarm: 'sam logs -n EnrichmentFunction',
  QueryErrorAlarm: 'sam logs -n QueryFunction',
  ReconcileErrorAlarm: 'sam logs -n ReconcileFunction',
  IngestionThrottleAlarm: 'IngestionReservedConcurrency',
  EnrichmentThrottleAlarm: 'Service Quotas',
  IngestionSlowAlarm: 'SuccessfulRequestLatency',
  EnrichmentSlowAlarm: 'SuccessfulRequestLatency',
  MailLatencyAlarm: 'EnrichmentMaxConcurrency',
  ApiErrorAlarm: 'access log',
  BounceAlarm: 'SesToAddress',
  QuarantineAlarm: 'leadline quarantine list',
  ReconcileAlarm: 'leadline lead',
  ReconcileFailureAlarm: 'sam logs -n ReconcileFunction',
  SourceSilentAlarm: 'sam logs -n ReconcileFunction',
  ReconcileStoppedAlarm: 'EventBridge',
};

describe('the description of an alarm', () => {
  const descriptions = ofType('AWS::CloudWatch::Alarm').map(
    ([name, alarm]) => [name, textOf(at(alarm, 'Properties', 'AlarmDescription'))] as const,
  );

  test.each(descriptions)('of %s names its first step', (name, description) => {
    expect(description).toContain(firstSteps[name]);
  });

  test('names only commands of leadline that exist, and logs of functions that exist', () => {
    const nested = [dlqCommand, quarantineCommand]
      .map((commandOf) => commandOf({} as Session))
      .flatMap((parent) => parent.commands.map((command) => `leadline ${parent.name()} ${command.name()}`));
    const known = [
      ...nested,
      'leadline lead',
      ...ofType('AWS::Serverless::Function').map(([name]) => `sam logs -n ${name}`),
    ];
    const named = descriptions.flatMap(
      ([, text]) => text.match(/leadline (dlq|quarantine) \w+|leadline \w+|sam logs -n \w+/g) ?? [],
    );
    expect(named.filter((command) => !known.includes(command))).toEqual([]);
  });
});

describe('a failure of ReconcileFunction', () => {
  test('rings an alarm when it could not queue an event again', () => {
    expect(properties('ReconcileFailureAlarm')).toMatchObject({
      Namespace: 'Leadline',
      MetricName: 'EventsNotRequeued',
      Dimensions: [{ Name: 'service', Value: 'reconcile' }],
      Threshold: 0,
      ComparisonOperator: 'GreaterThanThreshold',
    });
  });

  test('rings an alarm when nothing invokes it, so that its metric has no data point', () => {
    const alarm = properties('ReconcileStoppedAlarm');
    expect(alarm).toMatchObject({
      Namespace: 'AWS/Lambda',
      MetricName: 'Invocations',
      Dimensions: [{ Name: 'FunctionName', Value: { Ref: 'ReconcileFunction' } }],
      Statistic: 'Sum',
      Threshold: 1,
      ComparisonOperator: 'LessThanThreshold',
      TreatMissingData: 'breaching',
    });
    const schedule = at(properties('ReconcileFunction'), 'Events', 'EveryFiveMinutes', 'Properties', 'Schedule');
    expect(schedule).toBe('rate(5 minutes)');
    // One run may be late. Two missed runs in a row are a fault.
    expect(Number(at(alarm, 'Period')) * Number(at(alarm, 'EvaluationPeriods'))).toBeGreaterThanOrEqual(2 * 300);
  });
});

test('a request in quarantine rings an alarm', () => {
  expect(properties('QuarantineAlarm')).toMatchObject({
    Namespace: 'Leadline',
    MetricName: 'LeadQuarantined',
    Dimensions: [{ Name: 'service', Value: 'ingestion' }],
    Statistic: 'Sum',
    Period: 300,
    EvaluationPeriods: 1,
    Threshold: 0,
    ComparisonOperator: 'GreaterThanThreshold',
    TreatMissingData: 'notBreaching',
  });
});

test('a silent source rings an alarm, which a run that is late does not end', () => {
  const alarm = properties('SourceSilentAlarm');
  expect(alarm).toMatchObject({
    Namespace: 'Leadline',
    MetricName: 'SourceSilent',
    Dimensions: [{ Name: 'service', Value: 'reconcile' }],
    Statistic: 'Sum',
    EvaluationPeriods: 1,
    Threshold: 0,
    ComparisonOperator: 'GreaterThanThreshold',
    TreatMissingData: 'notBreaching',
  });
  expect(Number(at(alarm, 'Period'))).toBeGreaterThanOrEqual(2 * 300);
});

describe('dead letters', () => {
  const queue = { Name: 'QueueName', Value: { GetAtt: 'DeadLetterQueue.QueueName' } };
  const branches = (name: string, property: string): Readonly<Record<'sum' | 'plain', Node | undefined>> => {
    const [condition, sum, plain] = list(at(properties(name), property, 'If'));
    expect(condition).toBe('SumsMetrics');
    return { sum, plain };
  };

  test.each(['DeadLetterAlarm', 'DeadLettersLeftAlarm'])(
    '%s also counts those that an operator has received',
    (name) => {
      const metrics = list(branches(name, 'Metrics').sum);
      const read = metrics.map((metric) => at(metric, 'MetricStat', 'Metric')).filter((metric) => metric !== undefined);
      expect(read.map((metric) => at(metric, 'MetricName'))).toEqual([
        'ApproximateNumberOfMessagesVisible',
        'ApproximateNumberOfMessagesNotVisible',
      ]);
      for (const metric of read) expect(at(metric, 'Dimensions')).toEqual([queue]);
      const [sum] = metrics.filter((metric) => at(metric, 'Expression') !== undefined);
      expect(at(sum, 'Expression')).toBe('visible + hidden');
      expect(metrics.map((metric) => at(metric, 'Id')).sort()).toEqual(['hidden', 'letters', 'visible']);
      expect(metrics.filter((metric) => at(metric, 'ReturnData') !== false)).toEqual([sum]);
      // CloudFormation refuses an alarm that has the properties of both forms.
      for (const property of ['Namespace', 'MetricName', 'Dimensions', 'Statistic', 'Period']) {
        expect(branches(name, property).sum).toEqual({ Ref: 'AWS::NoValue' });
        expect(branches(name, property).plain).not.toEqual({ Ref: 'AWS::NoValue' });
      }
      expect(branches(name, 'Metrics').plain).toEqual({ Ref: 'AWS::NoValue' });
    },
  );

  test('ring an alarm at least three days before one expires', () => {
    const kept = Number(at(properties('DeadLetterQueue'), 'MessageRetentionPeriod'));
    const alarm = properties('DeadLetterAgeAlarm');
    expect(alarm).toMatchObject({ MetricName: 'ApproximateAgeOfOldestMessage', Dimensions: [queue] });
    expect(Number(at(alarm, 'Threshold'))).toBe(10 * day);
    expect(kept - Number(at(alarm, 'Threshold'))).toBeGreaterThanOrEqual(3 * day);
  });

  test('ring an alarm after seven days even if SQS leaves them out of the age after three receives', () => {
    const alarm = properties('DeadLettersLeftAlarm');
    expect(at(alarm, 'EvaluationPeriods')).toBe(7);
    expect(branches('DeadLettersLeftAlarm', 'Period').plain).toBe(day);
  });
});

describe('leads that are mailed late', () => {
  const alarm = properties('MailLatencyAlarm');
  const [usual, usualThreshold, otherThreshold] = list(at(alarm, 'Threshold', 'If'));
  const timeoutMs = 1000 * Number(at(template, 'Globals', 'Function', 'Timeout'));
  const waitMs = (bound: 'Default' | 'MaxValue') => 1000 * Number(at(parameter('EnrichmentBatchSeconds'), bound));

  test('ring an alarm on the slowest 1 % of them', () => {
    expect(alarm).toMatchObject({
      Namespace: 'Leadline',
      MetricName: 'DueToMailed',
      Dimensions: [{ Name: 'service', Value: 'enrichment' }],
      ExtendedStatistic: 'p99',
      ComparisonOperator: 'GreaterThanThreshold',
      TreatMissingData: 'notBreaching',
    });
  });

  test('ring it when a first attempt cannot have taken that long', () => {
    expect(at(template, 'Conditions', textOf(usual))).toEqual({
      Equals: [{ Ref: 'EnrichmentBatchSeconds' }, at(parameter('EnrichmentBatchSeconds'), 'Default')],
    });
    expect(usualThreshold).toBe(waitMs('Default') + timeoutMs);
    expect(otherThreshold).toBe(waitMs('MaxValue') + timeoutMs);
  });

  test('ring it if they needed a retry', () => {
    const retryMs = 1000 * Number(at(parameter('RetryAfterSeconds'), 'Default'));
    expect(Number(otherThreshold)).toBeLessThan(retryMs);
  });

  test('ring none if there is only one of them', () => {
    // One lead is in one period, and all periods must exceed the threshold.
    expect(Number(at(alarm, 'EvaluationPeriods'))).toBeGreaterThanOrEqual(3);
    expect(at(alarm, 'DatapointsToAlarm')).toBeUndefined();
  });

  test('ring it in a stack with few leads, too', () => {
    expect(at(alarm, 'EvaluateLowSampleCountPercentile')).toBeUndefined();
  });
});

test('every alarm notifies the alarms topic when it begins and when it ends', () => {
  const alarms = ofType('AWS::CloudWatch::Alarm');
  expect(alarms.length).toBeGreaterThan(15);
  for (const [, alarm] of alarms) {
    for (const actions of ['AlarmActions', 'OKActions']) {
      expect(at(alarm, 'Properties', actions)).toEqual({
        If: ['HasAlarmEmail', [{ Ref: 'AlarmTopic' }], { Ref: 'AWS::NoValue' }],
      });
    }
  }
});

test('an alarm on a metric of the project names the dimension with which the functions publish it', () => {
  const services = new Set(
    ['Ingestion', 'Enrichment', 'Query', 'Reconcile'].map((name) =>
      at(properties(`${name}Function`), 'Environment', 'Variables', 'POWERTOOLS_SERVICE_NAME'),
    ),
  );
  const own = ofType('AWS::CloudWatch::Alarm').filter(
    ([, alarm]) => at(alarm, 'Properties', 'Namespace') === 'Leadline',
  );
  expect(own.length).toBeGreaterThan(1);
  for (const [, alarm] of own) {
    const [dimension] = list(at(alarm, 'Properties', 'Dimensions'));
    expect(Object.fromEntries(entries(dimension)).Name).toBe('service');
    expect(services).toContain(Object.fromEntries(entries(dimension)).Value);
  }
});

test('an alarm on a metric of the project names one that its function publishes', () => {
  const published = Object.entries(metrics).flatMap(([name, { services }]) =>
    services.map((service) => `${name} of ${service}`),
  );
  const read = ofType('AWS::CloudWatch::Alarm')
    .filter(([, alarm]) => at(alarm, 'Properties', 'Namespace') === metricNamespace)
    .map(([, alarm]) => {
      const [dimension] = list(at(alarm, 'Properties', 'Dimensions'));
      return `${textOf(at(alarm, 'Properties', 'MetricName'))} of ${textOf(at(dimension, 'Value'))}`;
    });
  expect(read.length).toBeGreaterThan(1);
  expect(read.filter((one) => !published.includes(one))).toEqual([]);
});

describe('the run book in docs/operations.md', () => {
  const page = readFileSync(join(root, 'docs', 'operations.md'), 'utf8');
  const sections = new Map(
    [...page.matchAll(/^### (\w+Alarm)\n([^]*?)(?=^##)/gm)].map(([, name = '', text = '']) => [name, text] as const),
  );

  test('has a section for every alarm, and for no other', () => {
    expect([...sections.keys()].sort()).toEqual(
      ofType('AWS::CloudWatch::Alarm')
        .map(([name]) => name)
        .sort(),
    );
  });

  test.each(ofType('AWS::CloudWatch::Alarm').map(([name]) => name))('names the first step of %s', (name) => {
    expect(sections.get(name)?.replaceAll(/\s+/g, ' ')).toContain(firstSteps[name]);
  });
});
