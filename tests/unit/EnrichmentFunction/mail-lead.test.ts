import * as E from 'fp-ts/Either';
import * as TE from 'fp-ts/TaskEither';
import { enrichLead, type EnrichPorts } from '../../../EnrichmentFunction/enrich-lead';
import { messageFor } from '../../../shared/stored/queue-message';
import { arbitraryAttempt } from '../../support/arbitrary';
import { down, enriching } from './enriching';

describe('mailing a lead', () => {
  describe('given SES that does not answer', () => {
    const silent: Partial<EnrichPorts> = { sendMail: () => TE.left({ kind: 'unconfirmed', detail: 'TimeoutError' }) };

    it('keeps the claim until its lease ends: the mail may have gone out', async () => {
      const { enrich, steps, failures } = enriching(silent);
      expect(await enrich()).toMatchObject(E.left({ reason: 'mail-unconfirmed', next: 'hold' }));
      expect(failures).toMatchObject([{ next: 'hold' }]);
      expect(steps).toContain('postponed to 2026-01-01T00:16:00.000Z');
      expect(failures).toMatchObject([{ heldUntil: new Date('2026-01-01T00:16:00.000Z') }]);
      expect(steps).not.toContain('mark');
    });
  });

  it('waits for SES as long as the worker can and still write its mark', async () => {
    const { enrich, timeouts } = enriching();
    await enrich();
    expect(timeouts).toStrictEqual([21_000]);
  });

  it('begins no mail that its worker may not live to mark', async () => {
    const { steps, failures, record, ports } = enriching();
    const late = { ...arbitraryAttempt(), remainingMs: () => 10_000 };
    await enrichLead(ports)({ message: messageFor(record), attempt: late })();
    expect(steps).not.toContain('mail');
    expect(failures).toMatchObject([{ reason: 'store-unavailable', next: 'retry' }]);
  });

  it('leaves an event to an operator at once that may have been mailed as often as is allowed', async () => {
    const { enrich, steps, failures } = enriching({ claimEvent: () => TE.right({ kind: 'mail-limit-reached' }) });
    expect(await enrich()).toMatchObject(E.left({ reason: 'mail-unconfirmed', next: 'give-up' }));
    expect(failures).toMatchObject([{ reason: 'mail-unconfirmed', next: 'give-up' }]);
    expect(steps).not.toContain('mail');
  });

  it('holds the claim when the mark after the mail did not land', async () => {
    const { enrich, failures } = enriching({ markNotified: () => down });
    expect(await enrich()).toMatchObject(E.left({ reason: 'mail-unconfirmed', detail: 'store: Error', next: 'hold' }));
    expect(failures).toMatchObject([{ next: 'hold' }]);
  });
});
