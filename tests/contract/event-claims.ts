import { claimEvent } from '../../shared/aws/claim-event';
import { recordFailure } from '../../shared/aws/record-failure';
import { redriveEvent } from '../../shared/aws/operator-table';
import { recordRef } from '../../shared/lead/event-ref';
import { maxMails } from '../../shared/ports/claim-event';
import type { EventItem } from '../../shared/stored/event-item';
import { factsOf } from '../../shared/stored/recorded-facts';
import { arbitraryAttempt, arbitraryRecord } from '../support/arbitrary';
import { type Harness, minute, skewMs } from './harness';
import { done } from './stores';

export const describeClaims = (on: Harness): void => {
  const { claim, mark, fail, writingTwice, eventItemOf, recorded, table, tick, clock } = on;
  describe('claiming an event', () => {
    it('succeeds for one of many workers at once', async () => {
      const one = await recorded();
      const claims = await Promise.all(Array.from({ length: 10 }, () => claim(one, arbitraryAttempt())));
      expect(claims.filter(({ kind }) => kind === 'claimed')).toHaveLength(1);
      expect(claims.filter(({ kind }) => kind === 'held-by-another')).toHaveLength(9);
    });

    it('names the end of the lease if another worker holds the event', async () => {
      const one = await recorded();
      const first = await claim(one, arbitraryAttempt());
      const leaseUntil = new Date(clock().getTime() + 30_000 + skewMs);
      expect(first).toMatchObject({ kind: 'claimed', leaseUntil, known: factsOf(one) });
      expect(await claim(one, arbitraryAttempt())).toStrictEqual({ kind: 'held-by-another', leaseUntil });
    });

    it('succeeds for a call that the SDK sent twice because it lost the first response', async () => {
      const one = await recorded();
      const claimed = await done(claimEvent(writingTwice(), skewMs)(one, arbitraryAttempt()));
      expect(claimed.kind).toBe('claimed');
      expect((await eventItemOf(one))?.mail_claims?.size).toBe(1);
    });

    it('is refused once `maxMails` mails may be sent, until an operator redrives the event', async () => {
      const one = await recorded();
      for (let mails = 0; mails < maxMails; mails += 1) {
        expect((await claim(one, arbitraryAttempt())).kind).toBe('claimed');
        tick(minute);
      }
      expect(await claim(one, arbitraryAttempt())).toStrictEqual({ kind: 'mail-limit-reached' });
      const failed = { reason: 'mail-unconfirmed', detail: '', next: 'give-up' } as const;
      await done(recordFailure(table())(recordRef(one), arbitraryAttempt(), failed));
      expect(await eventItemOf(one)).toMatchObject({ state: 'FAILED', reason: 'mail-unconfirmed' });
      expect(await claim(one, arbitraryAttempt())).toStrictEqual({ kind: 'mail-limit-reached' });
      await done(redriveEvent(table())(recordRef(one)));
      expect((await claim(one, arbitraryAttempt())).kind).toBe('claimed');
    });

    it('is not refused after failures that certainly sent no mail', async () => {
      const one = await recorded();
      for (let tries = 0; tries <= maxMails; tries += 1) {
        const attempt = arbitraryAttempt();
        expect((await claim(one, attempt)).kind).toBe('claimed');
        await fail(one, attempt, 'retry');
      }
    });

    it('succeeds for another worker after the lease has ended, and not before', async () => {
      const one = await recorded();
      await claim(one, arbitraryAttempt());
      tick(30_000 + skewMs);
      expect((await claim(one, arbitraryAttempt())).kind).toBe('held-by-another');
      tick(1);
      expect((await claim(one, arbitraryAttempt())).kind).toBe('claimed');
    });

    it('creates the item of an event without a record', async () => {
      const one = arbitraryRecord();
      expect((await claim(one, arbitraryAttempt())).kind).toBe('claimed');
      expect(await eventItemOf(one)).toMatchObject({
        state: 'CLAIMED',
        s3_key: one.s3Key,
        event_time: one.eventTime,
      });
    });

    it('creates an item that does not expire at once, if the event had an item that expired', async () => {
      tick(1_000 * 24 * 60 * minute);
      const one = arbitraryRecord();
      await claim(one, arbitraryAttempt());
      const item = await eventItemOf(one);
      expect((item as EventItem & { expires_at: number }).expires_at * 1000).toBeGreaterThan(clock().getTime());
    });

    it('succeeds after a failure, and is refused once the event is NOTIFIED', async () => {
      const one = await recorded();
      await fail(one, arbitraryAttempt(3), 'give-up');
      expect((await claim(one, arbitraryAttempt())).kind).toBe('claimed');
      await mark(one);
      expect((await claim(one, arbitraryAttempt())).kind).toBe('already-notified');
    });
  });
};
