import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { recordedCounts } from '../../../../bench/cost/counted';
import { UsageError } from '../../../../bench/arguments';
import { readOptions } from '../../../../bench/scale/options';
import { pageOf } from '../../../../bench/scale/page';
import { defaultSettings } from '../../../../bench/scale/settings';
import { root } from '../../../../dev/paths';

/** If it fails, run `npm run scale -- --write`. */
test('docs/scale.md is what `npm run scale -- --write` makes of the template and the counts', () => {
  const page = readFileSync(join(root, 'docs', 'scale.md'), 'utf8');
  expect(page).toBe(pageOf(defaultSettings(), recordedCounts()));
});

test('--set changes one number, and leaves the others', () => {
  const options = readOptions(['--rate', '300', '--set', 'mailsPerSecond=500', '--set', 'EnrichmentBatchSeconds=0'], {
    ...defaultSettings(),
    mailsPerSecond: 14,
  });
  expect(options).toMatchObject({ rate: 300, settings: { mailsPerSecond: 500, EnrichmentBatchSeconds: 0 } });
});

test.each([
  [['--set', 'mails=500'], '--set takes NAME=VALUE, not "mails=500". The names are ThrottlingRateLimit,'],
  [['--set', 'mailsPerSecond'], '--set takes NAME=VALUE, not "mailsPerSecond".'],
  [['--set', 'mailsPerSecond=0'], 'mailsPerSecond takes a number above 0, and up to 1000000, not "0".'],
  [['--rate', 'fast'], '--rate takes a number above 0, and up to 1000000, not "fast".'],
  [['--write', '--rate', '3'], '--write takes no other option'],
  [['5'], 'Unexpected argument'],
])('%j is refused with the reason', (args, message) => {
  expect(() => readOptions(args, defaultSettings())).toThrow(UsageError);
  expect(() => readOptions(args, defaultSettings())).toThrow(message);
});
