import { markNotified } from '../../shared/aws/mark-notified';
import { discardEvent, redriveEvent, reopenEvent } from '../../shared/aws/operator-table';
import { recordRef } from '../../shared/lead/event-ref';
import type { RecordedEvent } from '../../shared/lead/recorded-event';
import { eventTimeline } from '../../shared/stored/event-timeline';
import { mostSteps } from '../../shared/stored/event-step';
import { arbitraryAttempt } from '../support/arbitrary';
import type { Harness } from './harness';
import { done } from './stores';
import type { SettledEvent } from '../../shared/stored/event-item';

export const describeEventHistory = (on: Harness): void => {
  const { claim, mark, fail, writingTwice, eventItemOf, recorded, table, tick } = on;
  describe('the history of an event', () => {
    const stepsOf = async (one: RecordedEvent) => {
      const item = await eventItemOf(one);
      return item === undefined ? [] : eventTimeline(item).map(({ what, reason, by }) => [what, reason, by]);
    };

    it('keeps each step, also those before a redrive or a replay, and who ordered these', async () => {
      const one = await recorded();
      const operator = { ...table(), by: 'arn:aws:iam::000000000000:user/ops' };
      const tryAndFail = async () => {
        const attempt = arbitraryAttempt(3);
        tick(1);
        await claim(one, attempt);
        tick(1);
        await fail(one, attempt, 'give-up');
        tick(1);
      };
      await tryAndFail();
      await done(redriveEvent(operator)(recordRef(one)));
      await tryAndFail();
      await done(discardEvent(operator)(recordRef(one), 'spam'));
      tick(1);
      await done(reopenEvent(operator)((await eventItemOf(one)) as SettledEvent));
      tick(1);
      await claim(one, arbitraryAttempt());
      tick(1);
      await mark(one);
      expect(await stepsOf(one)).toStrictEqual([
        ['received', undefined, undefined],
        ['claimed', undefined, undefined],
        ['failed', 'owner-missing', undefined],
        ['redriven', undefined, operator.by],
        ['claimed', undefined, undefined],
        ['failed', 'owner-missing', undefined],
        ['discarded', 'spam', operator.by],
        ['replayed', undefined, operator.by],
        ['claimed', undefined, undefined],
        ['notified', undefined, undefined],
      ]);
    });

    it('has a step once if the SDK wrote it twice', async () => {
      const one = await recorded();
      await done(markNotified(writingTwice())(recordRef(one)));
      expect(await stepsOf(one)).toHaveLength(2);
    });

    it('has a bounded number of steps: it keeps the first ones and the newest one', async () => {
      const one = await recorded();
      await mark(one);
      for (let replays = 0; replays < mostSteps + 5; replays += 1) {
        tick(1);
        await done(reopenEvent(table())((await eventItemOf(one)) as SettledEvent));
        await mark(one);
      }
      tick(1);
      await done(reopenEvent(table())((await eventItemOf(one)) as SettledEvent));
      const steps = await stepsOf(one);
      expect(steps).toHaveLength(mostSteps + 1);
      expect([steps[0]?.[0], steps[1]?.[0], steps.at(-1)?.[0]]).toStrictEqual(['received', 'notified', 'replayed']);
    }, 60_000);
  });
};
