import { at } from '../support/read-template';
import { parameter, properties, setting, template } from '../support/the-template';
import { deployedSettings } from './scenario';
import { functionTimeoutMs, retentionMs } from './times';

const defaultOf = (name: string): number => Number(at(parameter(name), 'Default'));

const timeoutMs = (name: string): number =>
  1000 * Number(at(properties(`${name}Function`), 'Timeout') ?? at(template, 'Globals', 'Function', 'Timeout'));

const keptMs = (queue: string): number => 1000 * Number(at(properties(queue), 'MessageRetentionPeriod'));

describe('the simulation', () => {
  it('has the delays and counts of the template', () => {
    expect(deployedSettings).toStrictEqual({
      delaySeconds: defaultOf('EnrichmentDelaySeconds'),
      visibilitySeconds: defaultOf('RetryAfterSeconds'),
      maxReceives: Number(setting('Enrichment', 'MAX_RECEIVES')),
      leaseSkewSeconds: Number(setting('Enrichment', 'LEASE_SKEW_SECONDS')),
      stuckAfterSeconds: Number(setting('Reconcile', 'STUCK_AFTER_SECONDS')),
    });
  });

  it('ends each function after the time-out of the template', () => {
    expect(functionTimeoutMs).toStrictEqual({
      ingestion: timeoutMs('Ingestion'),
      enrichment: timeoutMs('Enrichment'),
      reconciliation: timeoutMs('Reconcile'),
    });
  });

  it('keeps messages for as long as the queues of the template', () => {
    expect(retentionMs).toStrictEqual({ delay: keptMs('DelayQueue'), deadLetters: keptMs('DeadLetterQueue') });
    expect(keptMs('RetryQueue')).toBe(keptMs('DelayQueue'));
  });
});
