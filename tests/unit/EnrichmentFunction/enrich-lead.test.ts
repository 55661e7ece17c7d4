import * as E from 'fp-ts/Either';
import * as TE from 'fp-ts/TaskEither';
import { enrichLead, type EnrichPorts } from '../../../EnrichmentFunction/enrich-lead';
import type { FailedAttempt } from '../../../shared/ports/record-failure';
import { messageFor, type QueueMessage } from '../../../shared/stored/queue-message';
import { factsOf } from '../../../shared/stored/recorded-facts';
import { unavailable } from '../../../shared/ports/store-failure';
import { arbitraryAttempt, arbitraryRecord } from '../../support/arbitrary';

const leaseUntil = new Date('2026-01-01T00:01:00Z');
const down = TE.left(unavailable('store')(new Error()));

const enriching = (broken: Partial<EnrichPorts> = {}, receiveCount = 1) => {
  const record = arbitraryRecord();
  const steps: string[] = [];
  const failures: FailedAttempt[] = [];
  const timeouts: number[] = [];
  const step = (name: string) => () => TE.fromIO(() => void steps.push(name));
  const ports: EnrichPorts = {
    readRaw: () => TE.right({ ...record, labelled: true }),
    findRecords: () => TE.right([]),
    readOwner: (leadId) => TE.fromIO(() => (steps.push(`owner of ${leadId}`), { owner_name: 'Bob' })),
    noteRetry: (_event, { receiveCount: count }) => TE.fromIO(() => void steps.push(`noted retry ${count}`)),
    claimEvent: () => TE.fromIO(() => (steps.push('claim'), { kind: 'claimed', leaseUntil, known: factsOf(record) })),
    storeEnriched: step('enriched'),
    saveEnrichedLead: step('lead'),
    sendMail: (_enriched, timeoutMs) => TE.fromIO(() => void (steps.push('mail'), timeouts.push(timeoutMs))),
    markNotified: step('mark'),
    endRefresh: (_event, failed) => TE.fromIO(() => void steps.push(`refresh ended ${failed?.reason ?? 'well'}`)),
    recordFailure: (_event, _attempt, failed) => TE.fromIO(() => void failures.push(failed)),
    postpone: (_attempt, until) => TE.fromIO(() => void steps.push(`postponed to ${until.toISOString()}`)),
    resend: (_message, until) => TE.fromIO(() => void steps.push(`resent for ${until.toISOString()}`)),
    maxReceives: 3,
    unconfirmedPauseMs: 900_000,
    ...broken,
  };
  const enrich = (message: QueueMessage = messageFor(record)) =>
    enrichLead(ports)({ message, attempt: arbitraryAttempt(receiveCount) })();
  return { record, ports, steps, failures, timeouts, enrich };
};

const lead = arbitraryRecord();

describe('enriching a lead', () => {
  it('claims before anything shows outside, and mails before it marks', async () => {
    const { enrich, steps, record } = enriching();
    expect(await enrich()).toStrictEqual(E.right({ kind: 'notified', record }));
    expect(steps).toStrictEqual([`owner of ${record.event.lead_id}`, 'claim', 'enriched', 'lead', 'mail', 'mark']);
  });

  it.each(['already-notified', 'discarded'] as const)(
    'acknowledges an event that is %s, without a mail',
    async (kind) => {
      const { enrich, steps, record } = enriching({ claimEvent: () => TE.right({ kind }) });
      expect(await enrich()).toMatchObject(E.right({ kind, record }));
      expect(steps).not.toContain('mail');
    },
  );

  it('postpones a message whose event another worker holds, until the lease ends', async () => {
    const { enrich, steps, failures } = enriching({
      claimEvent: () => TE.right({ kind: 'held-by-another', leaseUntil }),
    });
    expect(await enrich()).toMatchObject(E.left({ reason: 'held-by-another', next: 'hold' }));
    expect(steps).toContain('postponed to 2026-01-01T00:01:00.000Z');
    expect(steps).not.toContain('mail');
    expect(failures).toStrictEqual([]);
  });

  it('resends a message whose event another worker holds at the last receive', async () => {
    const { enrich, steps, failures } = enriching(
      { claimEvent: () => TE.right({ kind: 'held-by-another', leaseUntil }) },
      3,
    );
    expect(await enrich()).toMatchObject(E.right({ kind: 'resent' }));
    expect(steps).toContain('resent for 2026-01-01T00:01:00.000Z');
    expect(failures).toStrictEqual([]);
  });

  it('gives up a message that could not be resent', async () => {
    const { enrich } = enriching(
      { claimEvent: () => TE.right({ kind: 'held-by-another', leaseUntil }), resend: () => down },
      3,
    );
    expect(await enrich()).toMatchObject(E.left({ reason: 'held-by-another', next: 'give-up' }));
  });

  it('enriches again without claim, mail or mark when an operator asks for a refresh', async () => {
    const { enrich, steps, record } = enriching();
    expect(await enrich({ ...messageFor(record), intent: 'refresh' })).toMatchObject(E.right({ kind: 'refreshed' }));
    expect(steps.slice(1)).toStrictEqual(['enriched', 'lead', 'refresh ended well']);
  });

  it('leaves no dead letter of a refresh that fails on its last receive, but its reason', async () => {
    const noOwner: Partial<EnrichPorts> = { readOwner: () => TE.left({ kind: 'missing' }) };
    const { enrich, steps, failures, record } = enriching(noOwner, 3);
    expect(await enrich({ ...messageFor(record), intent: 'refresh' })).toMatchObject(
      E.right({ kind: 'refresh-failed', reason: 'owner-missing' }),
    );
    expect(steps).toContain('refresh ended owner-missing');
    expect(failures).toStrictEqual([]);

    const earlier = enriching(noOwner, 2);
    expect(await earlier.enrich({ ...messageFor(earlier.record), intent: 'refresh' })).toMatchObject(
      E.left({ next: 'retry' }),
    );
    expect(earlier.steps).not.toContain('refresh ended owner-missing');
  });

  it('leaves a refresh in the queue where its end can not be noted', async () => {
    const { enrich, record } = enriching({ readOwner: () => TE.left({ kind: 'missing' }), endRefresh: () => down }, 3);
    expect(await enrich({ ...messageFor(record), intent: 'refresh' })).toMatchObject(E.left({ next: 'give-up' }));
  });

  it('mails what the record of the event says, whatever the metadata of its object', async () => {
    const known = { source: 'ingest', event_time: '2025-01-01T00:00:00.000Z', received_at: '2025-01-02T00:00:00.000Z' };
    const saved: string[] = [];
    const { enrich, record } = enriching({
      readRaw: () => TE.right({ ...lead, labelled: true }),
      claimEvent: (one) => TE.right({ kind: 'claimed', leaseUntil, known: { ...factsOf(one), ...known } }),
      saveEnrichedLead: (enriched) => TE.fromIO(() => void saved.push(enriched.record.eventTime)),
    });
    expect(record.eventTime).not.toBe(known.event_time);
    expect(await enrich(messageFor(lead))).toMatchObject(
      E.right({ record: { eventTime: known.event_time, receivedAt: known.received_at } }),
    );
    expect(saved).toStrictEqual([known.event_time]);
  });

  it('fails a message whose object is of another event, and mails neither', async () => {
    const { enrich, steps, failures } = enriching();
    const message = messageFor(arbitraryRecord());
    expect(await enrich(message)).toMatchObject(
      E.left({ reason: 'raw-mismatch', event: { leadId: message.lead_id, eventId: message.event_id } }),
    );
    expect(failures).toMatchObject([{ reason: 'raw-mismatch', next: 'retry' }]);
    expect(steps).not.toContain('claim');
  });

  describe.each<[string, Partial<EnrichPorts>, FailedAttempt['reason']]>([
    ['no raw object', { readRaw: () => TE.left({ kind: 'missing' }) }, 'raw-missing'],
    [
      'an unreadable raw object',
      { readRaw: () => TE.left({ kind: 'unreadable', store: 'raw', paths: ['email'] }) },
      'raw-unreadable',
    ],
    ['no owner', { readOwner: () => TE.left({ kind: 'missing' }) }, 'owner-missing'],
    [
      'an unreadable owner',
      { readOwner: () => TE.left({ kind: 'unreadable', store: 'owner', paths: [] }) },
      'owner-unreadable',
    ],
    ['a table that does not answer', { claimEvent: () => down }, 'store-unavailable'],
    ['a bucket that does not answer', { storeEnriched: () => down }, 'store-unavailable'],
    ['a refused mail', { sendMail: () => TE.left({ kind: 'refused', detail: 'MessageRejected' }) }, 'mail-refused'],
  ])('given %s', (_what, broken, reason) => {
    it('is tried again, free for the next worker, and not mailed', async () => {
      const { enrich, steps, failures } = enriching(broken);
      expect(await enrich()).toMatchObject(E.left({ reason, next: 'retry' }));
      expect(failures).toMatchObject([{ reason, next: 'retry' }]);
      expect(steps).not.toContain('mail');
      expect(steps).not.toContain('mark');
    });

    it('is given up with its reason on the last receive', async () => {
      const { enrich, failures } = enriching(broken, 3);
      expect(await enrich()).toMatchObject(E.left({ reason, next: 'give-up' }));
      expect(failures).toMatchObject([{ reason, next: 'give-up' }]);
    });
  });

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

  describe('a message that came before', () => {
    it('is noted before anything of it is read that might kill its worker', async () => {
      const { enrich, steps } = enriching({}, 2);
      await enrich();
      expect(steps[0]).toBe('noted retry 2');
    });

    it('is not noted at its first receive, nor where it is a refresh', async () => {
      const [first, refresh] = [enriching({}, 1), enriching({}, 2)];
      await first.enrich();
      await refresh.enrich({ ...messageFor(refresh.record), intent: 'refresh' });
      expect([...first.steps, ...refresh.steps].filter((step) => step.startsWith('noted retry'))).toStrictEqual([]);
    });
  });

  it('holds the claim when the mark after the mail did not land', async () => {
    const { enrich, failures } = enriching({ markNotified: () => down });
    expect(await enrich()).toMatchObject(E.left({ reason: 'mail-unconfirmed', detail: 'store: Error', next: 'hold' }));
    expect(failures).toMatchObject([{ next: 'hold' }]);
  });

  it('fails all the same when the reason could not be kept', async () => {
    const { enrich } = enriching({ readOwner: () => TE.left({ kind: 'missing' }), recordFailure: () => down });
    expect(await enrich()).toMatchObject(E.left({ reason: 'owner-missing' }));
  });
});
