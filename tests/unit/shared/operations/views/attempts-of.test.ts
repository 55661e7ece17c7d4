import { attemptsOf } from '../../../../../shared/operations/views/attempts-of';
import type { Step } from '../../../../../shared/stored/event-step';
import { arbitraryEvent } from '../../../../support/arbitrary-event';

const of = (...steps: readonly Step['what'][]) =>
  attemptsOf(
    arbitraryEvent({
      received_at: '2026-01-31T12:00:00.000Z',
      attempts: 3,
      history: steps.map((what, index) => ({ at: `2026-01-31T12:${10 + index}:00.000Z`, what })),
    }),
  );

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

test('without a history, the receives of the latest message count', () => {
  expect(of()).toBe(3);
  expect(attemptsOf(arbitraryEvent({ history: [] }))).toBeNull();
});
