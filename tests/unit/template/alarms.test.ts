import { at, entries, list, type Node } from '../../support/read-template';
import { ofType, properties } from '../../support/the-template';

const day = 86_400;

describe('ReconcileFunction does not fail in silence', () => {
  test('an alarm rings when an event could not be queued again', () => {
    expect(properties('ReconcileFailureAlarm')).toMatchObject({
      Namespace: 'Leadline',
      MetricName: 'EventsNotRequeued',
      Dimensions: [{ Name: 'service', Value: 'reconcile' }],
      Threshold: 0,
      ComparisonOperator: 'GreaterThanThreshold',
    });
  });

  test('an alarm rings when it is not invoked, which is no datum at all', () => {
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
    // One run may come late; two runs missed in a row are no accident.
    expect(Number(at(alarm, 'Period')) * Number(at(alarm, 'EvaluationPeriods'))).toBeGreaterThanOrEqual(2 * 300);
  });
});

describe('dead letters', () => {
  const queue = { Name: 'QueueName', Value: { GetAtt: 'DeadLetterQueue.QueueName' } };
  const branches = (name: string, property: string): Readonly<Record<'sum' | 'plain', Node | undefined>> => {
    const [condition, sum, plain] = list(at(properties(name), property, 'If'));
    expect(condition).toBe('SumsMetrics');
    return { sum, plain };
  };

  test.each(['DeadLetterAlarm', 'DeadLettersLeftAlarm'])('%s counts those that somebody looks at, too', (name) => {
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
    // What one form has, the other must not have: CloudFormation refuses both at once.
    for (const property of ['Namespace', 'MetricName', 'Dimensions', 'Statistic', 'Period']) {
      expect(branches(name, property).sum).toEqual({ Ref: 'AWS::NoValue' });
      expect(branches(name, property).plain).not.toEqual({ Ref: 'AWS::NoValue' });
    }
    expect(branches(name, 'Metrics').plain).toEqual({ Ref: 'AWS::NoValue' });
  });

  test('an alarm rings days before one expires', () => {
    const kept = Number(at(properties('DeadLetterQueue'), 'MessageRetentionPeriod'));
    const alarm = properties('DeadLetterAgeAlarm');
    expect(alarm).toMatchObject({ MetricName: 'ApproximateAgeOfOldestMessage', Dimensions: [queue] });
    expect(Number(at(alarm, 'Threshold'))).toBe(10 * day);
    expect(kept - Number(at(alarm, 'Threshold'))).toBeGreaterThanOrEqual(3 * day);
  });

  test('an alarm rings for those that the age leaves out, because they were received three times', () => {
    const alarm = properties('DeadLettersLeftAlarm');
    expect(at(alarm, 'EvaluationPeriods')).toBe(7);
    expect(branches('DeadLettersLeftAlarm', 'Period').plain).toBe(day);
  });
});

test('every alarm mails when it begins and when it ends', () => {
  const alarms = ofType('AWS::CloudWatch::Alarm');
  expect(alarms.length).toBeGreaterThan(15);
  for (const [, alarm] of alarms) {
    for (const actions of ['AlarmActions', 'OKActions']) {
      expect(JSON.stringify(at(alarm, 'Properties', actions))).toContain('AlarmTopic');
    }
  }
});

test('an alarm on one of our metrics names the dimension that the functions publish it with', () => {
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
