import type { S3Client } from '@aws-sdk/client-s3';
import * as E from 'fp-ts/Either';
import * as TE from 'fp-ts/TaskEither';
import { receiveLead } from '../../../../IngestionFunction/receive-lead';
import { readRaw } from '../../../../shared/aws/read-raw';
import { enrichedJson } from '../../../../shared/lead/enriched-lead';
import type { RawKey } from '../../../../shared/lead/raw-key';
import type { RecordedEvent } from '../../../../shared/lead/recorded-event';
import { acceptingReceivePorts } from '../../../support/receive-ports';

const secret = 'money-talks-99';
const webhook = { webhook_id: 'billing', secret_key: secret, lead_id: 'L-1', email: 'a@example.com' };

const holding = (body: Uint8Array, metadata: Readonly<Record<string, string>> = {}) =>
  ({
    send: () =>
      Promise.resolve({
        Body: { transformToByteArray: () => Promise.resolve(body) },
        Metadata: metadata,
        LastModified: new Date('2026-01-31T12:00:00Z'),
      }),
  }) as unknown as S3Client;

const read = async (payload: object, metadata?: Readonly<Record<string, string>>): Promise<RecordedEvent> => {
  const client = holding(Buffer.from(JSON.stringify(payload)), metadata);
  const outcome = await readRaw(client, 'raw')('raw/by-hand.json' as RawKey)();
  if (E.isLeft(outcome)) throw new Error(JSON.stringify(outcome.left));
  return outcome.right;
};

const idOverHttp = async (body: object): Promise<string> => {
  const receive = receiveLead(
    acceptingReceivePorts({ readSources: () => TE.right({ billing: { kind: 'shared-secret', secrets: [secret] } }) }),
  );
  const request = { route: 'webhook', body: JSON.stringify(body), secretHeader: undefined, correlationId: '' } as const;
  const outcome = await receive(request)();
  if (E.isLeft(outcome)) throw new Error(outcome.left.kind);
  return outcome.right.record.eventId;
};

describe('a raw object that a person created', () => {
  it.each([{}, { 'event-id': 'theirs' }])('is read without its secret, with metadata %j', async (metadata) => {
    const record = await read(webhook, metadata);
    expect(JSON.stringify(record)).not.toContain(secret);
    expect(enrichedJson({ record, owner: { owner_name: 'Bob' } })).not.toContain(secret);
  });

  it('has the event id of the same lead over HTTP, whatever its secret and its number of attempts', async () => {
    const id = await idOverHttp({ ...webhook, sent_at: 'now' });
    const tried = { ...webhook, secret_key: 'another', sent_at: 'later', delivery_attempt: 7, retry_count: 6 };
    expect((await read(tried)).eventId).toBe(id);
    expect((await read({ ...tried, status: 'won' })).eventId).not.toBe(id);
  });
});
