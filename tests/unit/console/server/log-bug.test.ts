import { bugLine } from '../../../../console/server/log-bug';

test('a bug is logged with its class and its place, and without its message', () => {
  const message = 'bad lead ann@example.com\n    at ann@example.com (lead.ts:1:2)';
  const line = bugLine('overview not computed', new TypeError(message));
  expect(line).toMatch(/^overview not computed: TypeError at .*log-bug\.test\.ts:\d+:\d+/);
  expect(line).not.toContain('ann');
  expect(bugLine('overview not computed', 'ann@example.com')).toBe('overview not computed');
});

test('the place of a bug is found whatever its message is', () => {
  for (const message of ['', 'e', 'at', 'log-bug'])
    expect(bugLine('failed', new Error(message))).toMatch(/^failed: Error at .*log-bug\.test\.ts:\d+:\d+/);
});
