import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../../../../dev/paths';
import { deadLetterReason } from '../../../../../shared/operations/dead-letter-reason';
import { reasonTexts } from '../../../../../shared/operations/views/reason-text';

const operations = readFileSync(join(root, 'docs/operations.md'), 'utf8');
const ofReasons = operations.slice(operations.indexOf('\n## Reasons'), operations.indexOf('\n## Redrive and replay'));

test.each(Object.keys(deadLetterReason.keys))('docs/operations.md explains the reason %s', (reason) => {
  expect(ofReasons).toContain(`\`${reason}\``);
});

test.each(Object.entries(reasonTexts))('%s has a short title and whole sentences', (_code, { title, why, fix }) => {
  expect(title.split(' ').length).toBeLessThanOrEqual(4);
  expect([why, fix].filter((text) => !/^[A-Z].*\.$/.test(text))).toStrictEqual([]);
});

test('no reason promises that a redrive helps when it fails again or can send a second mail', () => {
  const harmless = Object.entries(reasonTexts).filter(([, { advice }]) => advice === 'fix' || advice === 'redrive');
  const codes = harmless.map(([code]) => code);
  for (const code of ['mail-unconfirmed', 'message-unreadable', 'raw-missing', 'refresh-failed'])
    expect(codes).not.toContain(code);
});
