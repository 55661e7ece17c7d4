import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deployedSettings } from './scenario';
import { functionTimeoutMs, retentionMs } from './world';
import { root } from '../../dev/paths';

const template = readFileSync(join(root, 'template.yaml'), 'utf8');

const numbers = (pattern: RegExp): readonly number[] =>
  [...template.matchAll(pattern)].map(([, number]) => Number(number));

const defaultOf = (parameter: string): number | undefined =>
  numbers(new RegExp(`^  ${parameter}:\\n(?:    .*\\n)*?    Default: (\\d+)`, 'gm'))[0];

describe('the simulation', () => {
  it('has the times and counts of the template', () => {
    expect(deployedSettings).toStrictEqual({
      delaySeconds: defaultOf('EnrichmentDelaySeconds'),
      visibilitySeconds: defaultOf('RetryAfterSeconds'),
      maxReceives: numbers(/MAX_RECEIVES: '(\d+)'/g)[0],
      leaseSkewSeconds: numbers(/LEASE_SKEW_SECONDS: '(\d+)'/g)[0],
      stuckAfterSeconds: numbers(/STUCK_AFTER_SECONDS: '(\d+)'/g)[0],
    });
    expect(numbers(/^ +Timeout: (\d+)/gm).map((seconds) => seconds * 1000)).toEqual(
      expect.arrayContaining([...Object.values(functionTimeoutMs)]),
    );
    expect(numbers(/MessageRetentionPeriod: (\d+)/g).map((seconds) => seconds * 1000)).toEqual(
      expect.arrayContaining(Object.values(retentionMs)),
    );
  });
});
