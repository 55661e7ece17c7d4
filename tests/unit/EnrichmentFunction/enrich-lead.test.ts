import * as E from 'fp-ts/Either';
import * as TE from 'fp-ts/TaskEither';
import { enrichLead, type EnrichPorts } from '../../../EnrichmentFunction/enrich-lead';
import type { FailedAttempt } from '../../../shared/ports/record-failure';
import { messageFor } from '../../../shared/stored/queue-message';
import { factsOf } from '../../../shared/stored/recorded-facts';
import { arbitraryAttempt, arbitraryRecord } from '../../support/arbitrary';
import { countingPorts } from './counting-ports';
import { down, enriching, leaseUntil } from './enriching';

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

  it('fails all the same when the reason could not be kept', async () => {
    const { enrich } = enriching({ readOwner: () => TE.left({ kind: 'missing' }), recordFailure: () => down });
    expect(await enrich()).toMatchObject(E.left({ reason: 'owner-missing' }));
  });

  it('starts nothing before it is run', async () => {
    const one = arbitraryRecord();
    const { ports, calls } = countingPorts([one]);
    const enrich = enrichLead(ports)({ message: messageFor(one), attempt: arbitraryAttempt() });
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(calls.started).toBe(0);
    expect(await enrich()).toStrictEqual(E.right({ kind: 'notified', record: one }));
    // A task can be run again.
    expect(await enrich()).toStrictEqual(E.right({ kind: 'notified', record: one }));
    expect(calls.started).toBe(14);
  });
});
