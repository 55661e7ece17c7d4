import { at } from '../../support/read-template';
import { parameter, properties, setting, template } from '../../support/the-template';

const receives = (queue: string) => Number(at(properties(queue), 'RedrivePolicy', 'maxReceiveCount'));
const days = (queue: string) => Number(at(properties(queue), 'MessageRetentionPeriod')) / 86_400;

describe('a message of a queue', () => {
  test('is hidden after a failure for at least six times as long as its function may run', () => {
    const timeout = Number(at(template, 'Globals', 'Function', 'Timeout'));
    expect(at(properties('EnrichmentFunction'), 'Timeout')).toBeUndefined();
    expect(Number(at(parameter('RetryAfterSeconds'), 'Default'))).toBeGreaterThanOrEqual(6 * timeout);
  });

  test('is hidden for as long as it may wait for its batch and its function may run', () => {
    const timeout = Number(at(template, 'Globals', 'Function', 'Timeout'));
    const longestWait = Number(at(parameter('EnrichmentBatchSeconds'), 'MaxValue'));
    expect(Number(at(parameter('RetryAfterSeconds'), 'Default'))).toBeGreaterThan(longestWait + timeout);
    const waits = (queue: string) =>
      at(properties('EnrichmentFunction'), 'Events', queue, 'Properties', 'MaximumBatchingWindowInSeconds');
    expect(waits('DelayQueue')).toStrictEqual({ Ref: 'EnrichmentBatchSeconds' });
    expect(waits('RetryQueue')).toBe(0);
  });

  test('is received three times, in one queue or in both, before it is a dead letter', () => {
    expect(receives('DelayQueue')).toBe(3);
    expect(setting('Enrichment', 'MAX_RECEIVES')).toBe('3');
    expect(setting('Reconcile', 'MAX_RECEIVES')).toBe('3');
    // DelayQueue has received a message of RetryQueue once.
    expect(receives('RetryQueue')).toBe(2);
  });

  test('of RetryQueue is delivered in a batch of its own', () => {
    const batch = (queue: string) =>
      Number(at(properties('EnrichmentFunction'), 'Events', queue, 'Properties', 'BatchSize'));
    expect(batch('RetryQueue')).toBe(1);
    expect(batch('DelayQueue')).toBe(10);
  });

  test('is kept shorter than a dead letter', () => {
    expect(days('DelayQueue')).toBeLessThan(days('DeadLetterQueue'));
    expect(days('RetryQueue')).toBe(days('DelayQueue'));
  });

  test('is retried before its event counts as stuck', () => {
    const stuck = Number(setting('Reconcile', 'STUCK_AFTER_SECONDS'));
    expect(Number(at(parameter('RetryAfterSeconds'), 'MaxValue'))).toBeLessThan(stuck);
    expect(Number(at(parameter('EnrichmentDelaySeconds'), 'MaxValue'))).toBe(900);
  });
});
