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

/** What a sentence has to name instead: a list of fixes, or `leadline lead`, shows it without the text before it. */
const pointsBack = [
  /\bthere\b/,
  /^(Correct|Put|Replace) it\b/,
  /^Replace the (file|object),/,
  /^Redrive[.,]/,
  /^Redrive once/,
];

test.each(Object.entries(reasonTexts))('the fix of %s can be read without what happened', (_code, { fix }) => {
  expect(pointsBack.filter((words) => words.test(fix))).toStrictEqual([]);
});

test('the fixes of an owner say where its file belongs', () => {
  for (const reason of ['owner-missing', 'owner-unreadable'] as const)
    expect(reasonTexts[reason].fix).toMatch(/file of the owner .*lookup bucket, then redrive/);
});

test('no reason promises that a redrive helps when it fails again or can send a second mail', () => {
  const harmless = Object.entries(reasonTexts).filter(([, { advice }]) => advice === 'fix' || advice === 'redrive');
  const codes = harmless.map(([code]) => code);
  for (const code of ['mail-unconfirmed', 'message-unreadable', 'raw-missing', 'refresh-failed'])
    expect(codes).not.toContain(code);
});
