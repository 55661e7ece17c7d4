import { at, list } from '../../support/read-template';
import { parameter, properties } from '../../support/the-template';

const days = (queue: string) => Number(at(properties(queue), 'MessageRetentionPeriod')) / 86_400;
const setting = (name: string, variable: string) =>
  Number(at(properties(`${name}Function`), 'Environment', 'Variables', variable));

/** Whether CloudFormation takes a value for a parameter. */
const takes = (name: string, value: number): boolean => {
  const pattern = at(parameter(name), 'AllowedPattern');
  const allowed = list(at(parameter(name), 'AllowedValues'));
  return (
    (typeof pattern !== 'string' || new RegExp(`^(?:${pattern})$`).test(String(value))) &&
    (allowed.length === 0 || allowed.includes(value)) &&
    value >= Number(at(parameter(name), 'MinValue') ?? 0) &&
    value <= Number(at(parameter(name), 'MaxValue') ?? Infinity)
  );
};

describe('what is needed to bring a lead back outlives its dead letter', () => {
  const letterDays = days('DeadLetterQueue');

  test.each(['EventRetentionDays', 'RawRetentionDays'])('%s refuses each number of days that is too short', (name) => {
    for (let value = 1; value < 2 * letterDays; value += 1) expect([value, takes(name, value)]).toEqual([value, false]);
    for (const value of [30, 31, 60, 99, 100, 365, 400, 999, 1000, 3653]) {
      expect([value, takes(name, value)]).toEqual([value, true]);
    }
  });

  test('a raw payload may be kept for ever', () => {
    expect(takes('RawRetentionDays', 0)).toBe(true);
  });

  test('LogRetentionDays keeps what a function said about a lead as long as its dead letter', () => {
    for (const value of [1, 3, 5, 7]) expect([value, takes('LogRetentionDays', value)]).toEqual([value, false]);
    expect(takes('LogRetentionDays', 14)).toBe(true);
  });

  test('the default of each parameter is a value that it takes', () => {
    for (const name of ['EventRetentionDays', 'RawRetentionDays', 'LogRetentionDays', 'EnrichmentMaxConcurrency']) {
      expect([name, takes(name, Number(at(parameter(name), 'Default')))]).toEqual([name, true]);
    }
  });

  test('a message is kept shorter than a dead letter', () => {
    expect(days('DelayQueue')).toBeLessThan(letterDays);
  });
});

test('EnrichmentMaxConcurrency refuses 1, as AWS does, before anything is deployed', () => {
  expect([0, 1, 2, 10, 99, 100, 1000, 1001].filter((value) => takes('EnrichmentMaxConcurrency', value))).toEqual([
    0, 2, 10, 99, 100, 1000,
  ]);
});

test('the function gives up on the receive after which the queue does', () => {
  const receives = Number(at(properties('DelayQueue'), 'RedrivePolicy', 'maxReceiveCount'));
  expect(receives).toBeGreaterThan(0);
  expect(setting('Enrichment', 'MAX_RECEIVES')).toBe(receives);
});

test('a message is hidden, and an event put off, for less time than counts as stuck', () => {
  const stuck = setting('Reconcile', 'STUCK_AFTER_SECONDS');
  expect(Number(at(parameter('RetryAfterSeconds'), 'MaxValue'))).toBeLessThan(stuck);
  expect(Number(at(parameter('EnrichmentDelaySeconds'), 'MaxValue'))).toBe(900);
});
