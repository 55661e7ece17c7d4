import * as E from 'fp-ts/Either';
import fc from 'fast-check';
import { eventItem } from '../../../shared/stored/event-item';
import { leadEvent } from '../../../shared/lead/lead-event';
import { leadItem, leadItemOf } from '../../../shared/stored/lead-item';
import { leadEventFrom } from '../../../shared/sources/payloads/lead-payload';
import { messageFor, queueMessage } from '../../../shared/stored/queue-message';
import { source } from '../../../shared/sources/source';
import { arbitraryRecord } from '../../support/arbitrary';
import { leadIds } from '../../support/arbitrary-values';

describe('every codec', () => {
  const payload = (id: string) => ({
    lead_id: id,
    lead_email: 'a@example.com',
    display_name: 'Alice',
    status: 'new',
    occurred_at: '2026-01-01T00:00:00.000Z',
  });

  it('decodes what it encodes', () => {
    fc.assert(
      fc.property(leadIds, (id) => {
        const event = leadEventFrom('ingest')(payload(id));
        if (E.isLeft(event)) throw new Error('not a lead');
        const record = arbitraryRecord(event.right);
        const item = {
          lead_id: id,
          event_id: record.eventId,
          source: 'ingest',
          s3_key: record.s3Key,
          state: 'FAILED' as const,
          received_at: record.receivedAt,
          event_time: record.eventTime,
          failed_at: record.receivedAt,
          reason: 'owner-missing' as const,
          attempts: 3,
        };
        expect(leadEvent.decode(leadEvent.encode(event.right))).toStrictEqual(event);
        expect(queueMessage.decode(queueMessage.encode(messageFor(record)))).toStrictEqual(E.right(messageFor(record)));
        expect(eventItem.decode(eventItem.encode(item))).toStrictEqual(E.right(item));
        expect(leadItem.decode(leadItem.encode(leadItemOf(record)))).toStrictEqual(E.right(leadItemOf(record)));
      }),
    );
    const some = {
      auth: { scheme: 'body-secret' as const, secrets: ['money-talks-99'] },
      payload: { volatile_fields: ['at', 'meta.attempt'] },
    };
    expect(source.decode(source.encode(some))).toStrictEqual(E.right(some));
  });
});
