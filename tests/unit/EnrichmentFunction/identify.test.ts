import * as E from 'fp-ts/Either';
import * as TE from 'fp-ts/TaskEither';
import { identify } from '../../../EnrichmentFunction/identify';
import type { EmailAddress } from '../../../shared/lead/email-address';
import type { LeadId } from '../../../shared/lead/lead-id';
import { messageFor, type QueueMessage } from '../../../shared/stored/queue-message';
import type { RawKey } from '../../../shared/lead/raw-key';
import type { RawEvent } from '../../../shared/lead/recorded-event';
import { factsOf, type RecordedFacts } from '../../../shared/stored/recorded-facts';
import { unavailable } from '../../../shared/ports/store-failure';
import { arbitraryRecord } from '../../support/arbitrary';

const raw = (labelled = true): RawEvent => {
  const one = arbitraryRecord();
  const payload = { lead_id: one.event.lead_id, email: 'a@example.com', lead_email: 'b@example.com' };
  return { ...one, event: { ...one.event, payload }, labelled };
};

const identifying = (one: RawEvent, message: QueueMessage, records: readonly RecordedFacts[] = []) => {
  const asked: string[] = [];
  const find = identify((leadId, by) => {
    asked.push(Object.keys(by)[0]!);
    return TE.right(
      records.filter(
        (record) =>
          record.lead_id === leadId && ('eventId' in by ? record.event_id === by.eventId : record.s3_key === by.s3Key),
      ),
    );
  });
  return { asked, outcome: find(message)(one)() };
};

const mismatch = (detail: string) => E.left({ reason: 'raw-mismatch', detail });

describe('a raw object with the metadata of the event that its message names', () => {
  it('is that event, and costs no call', async () => {
    const one = raw();
    const { asked, outcome } = identifying(one, messageFor(one));
    expect(await outcome).toStrictEqual(E.right(one));
    expect(asked).toStrictEqual([]);
  });
});

describe('a raw object that is not of the event its message names', () => {
  it.each([true, false])('is a mismatch by its lead, labelled: %s', async (labelled) => {
    const one = raw(labelled);
    const message = { ...messageFor(one), lead_id: 'another' as LeadId };
    expect(await identifying(one, message).outcome).toStrictEqual(mismatch('lead_id'));
  });

  it('is a mismatch by its metadata', async () => {
    const one = raw();
    const message = { ...messageFor(one), event_id: 'another' };
    expect(await identifying(one, message, [{ ...factsOf(one), event_id: 'another' }]).outcome).toStrictEqual(
      mismatch('event_id'),
    );
  });

  it('is a mismatch by its content, where no record says whose key it has', async () => {
    const one = raw(false);
    expect(await identifying(one, { ...messageFor(one), event_id: 'another' }).outcome).toStrictEqual(
      mismatch('event_id'),
    );
  });

  it('is a mismatch where its message names but the key, and the key is that of another event', async () => {
    const one = raw();
    const { outcome } = identifying(one, { s3_key: one.s3Key }, [{ ...factsOf(one), event_id: 'another' }]);
    expect(await outcome).toStrictEqual(mismatch('event_id'));
  });

  it('is a mismatch where it may be of either of two events with one key', async () => {
    const one = raw(false);
    const records = ['x', 'y'].map((event_id) => ({ ...factsOf(one), event_id }));
    expect(await identifying(one, { s3_key: one.s3Key }, records).outcome).toStrictEqual(mismatch('event_id'));
    const named = identifying(one, { ...messageFor(one), event_id: 'y' }, records);
    expect(await named.outcome).toMatchObject(E.right({ eventId: 'y' }));
  });
});

describe('a raw object without metadata', () => {
  const known = (one: RawEvent): RecordedFacts => ({
    ...factsOf(one),
    event_id: 'known',
    source: 'billing',
    received_at: '2025-01-01T00:00:00.000Z',
    event_time: '2024-12-31T00:00:00.000Z',
  });
  const expected = {
    eventId: 'known',
    receivedAt: '2025-01-01T00:00:00.000Z',
    eventTime: '2024-12-31T00:00:00.000Z',
    // Source billing has the address elsewhere than source ingest.
    event: { source: 'billing', email: 'a@example.com' as EmailAddress },
  };

  it.each<[string, (one: RawEvent) => QueueMessage]>([
    ['by the event that its message names', (one) => ({ ...messageFor(one), event_id: 'known' })],
    ['by its key alone', (one) => ({ s3_key: one.s3Key })],
    ['for a refresh', (one) => ({ ...messageFor(one), event_id: 'known', intent: 'refresh' })],
  ])('is the event of its key, with the source, the id and the times of its record: %s', async (_how, message) => {
    const one = raw(false);
    expect(await identifying(one, message(one), [known(one)]).outcome).toMatchObject(E.right(expected));
  });

  it('is the event of its content, wherever that has its own object', async () => {
    const one = raw(false);
    const record = { ...factsOf(one), s3_key: 'raw/its-own.json' as RawKey, event_time: '2025-01-01T00:00:00.000Z' };
    const { outcome } = identifying(one, { s3_key: one.s3Key }, [record]);
    expect(await outcome).toMatchObject(
      E.right({ eventId: one.eventId, s3Key: 'raw/its-own.json', eventTime: '2025-01-01T00:00:00.000Z' }),
    );
  });

  it('is a new event where neither its key nor its content is known', async () => {
    const one = raw(false);
    expect(await identifying(one, { s3_key: one.s3Key }).outcome).toStrictEqual(E.right(one));
  });
});

describe('a refresh', () => {
  it('takes the times of the record, whatever the metadata say, by one read of one item', async () => {
    const one = { ...raw(), eventTime: '2026-06-01T00:00:00.000Z' };
    const record = { ...factsOf(one), event_time: '2025-01-01T00:00:00.000Z' };
    const { asked, outcome } = identifying(one, { ...messageFor(one), intent: 'refresh' }, [record]);
    expect(await outcome).toMatchObject(E.right({ eventTime: '2025-01-01T00:00:00.000Z' }));
    expect(asked).toStrictEqual(['eventId']);
  });
});

test('nothing is known where the table does not answer', async () => {
  const one = raw(false);
  const outcome = await identify(() => TE.left(unavailable('events')(new Error())))(messageFor(one))(one)();
  expect(outcome).toMatchObject(E.left({ reason: 'store-unavailable' }));
});
