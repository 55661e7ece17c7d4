import { attemptsOf } from '../../../../../shared/operations/views/attempts-of';
import type { Step } from '../../../../../shared/stored/event-step';
import { arbitraryEvent } from '../../../../support/arbitrary-event';

const withAttempts = (attempts: number | undefined, ...steps: readonly (Step['what'] | 'worker-lost')[]) =>
  attemptsOf(
    arbitraryEvent({
      received_at: '2026-01-31T12:00:00.000Z',
      ...(attempts === undefined ? {} : { attempts }),
      history: steps.map((what, index) => ({
        at: `2026-01-31T12:${10 + index}:00.000Z`,
        ...(what === 'worker-lost' ? { what: 'failed' as const, reason: what } : { what }),
      })),
    }),
  );
const of = (...steps: readonly (Step['what'] | 'worker-lost')[]) => withAttempts(undefined, ...steps);

test('attempts before a redrive count, too', () => {
  expect(of('failed', 'taken-up', 'failed', 'taken-up', 'failed')).toBe(3);
  expect(of('failed', 'taken-up', 'failed', 'taken-up', 'failed', 'redriven')).toBe(3);
  expect(of('failed', 'failed', 'failed', 'redriven', 'claimed', 'notified')).toBe(4);
});

test('an attempt counts once, whether it failed before its claim, after it, or lost its worker', () => {
  expect(of('claimed', 'failed', 'failed')).toBe(2);
  expect(of('claimed', 'taken-up', 'claimed', 'notified')).toBe(2);
  expect(of('claimed', 'requeued', 'claimed')).toBe(2);
});

test('a worker that died at the first receive left no step, and counts', () => {
  expect(withAttempts(2, 'taken-up')).toBe(2);
  expect(withAttempts(3, 'taken-up', 'taken-up', 'failed')).toBe(3);
  expect(withAttempts(3, 'taken-up', 'taken-up', 'failed', 'redriven')).toBe(3);
});

test('a message of RetryQueue counts as received once before, which was no attempt', () => {
  expect(withAttempts(2, 'rebuilt', 'redriven', 'taken-up', 'claimed', 'notified')).toBe(1);
  expect(withAttempts(2, 'claimed', 'requeued', 'taken-up')).toBe(2);
  expect(withAttempts(2, 'requeued', 'taken-up', 'worker-lost', 'replayed', 'taken-up')).toBe(2);
});

test('an event that ReconcileFunction gave up had no further attempt', () => {
  expect(of('requeued', 'requeued', 'worker-lost')).toBeNull();
  expect(of('failed', 'requeued', 'worker-lost')).toBe(1);
  expect(of('requeued', 'taken-up', 'requeued', 'worker-lost')).toBe(1);
});

test('without a history, the receives of the latest message count', () => {
  expect(withAttempts(3)).toBe(3);
  expect(of()).toBeNull();
});
