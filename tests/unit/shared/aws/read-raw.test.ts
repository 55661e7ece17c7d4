import type { S3Client } from '@aws-sdk/client-s3';
import * as E from 'fp-ts/Either';
import * as TE from 'fp-ts/TaskEither';
import { readRaw } from '../../../../shared/aws/read-raw';
import { enrichedJson } from '../../../../shared/lead/enriched-lead';
import type { RawKey } from '../../../../shared/lead/raw-key';
import type { RecordedEvent } from '../../../../shared/lead/recorded-event';
import { sourcesOf } from '../../../support/sources-of';
import { acceptingPorts, poster } from '../../IngestionFunction/receiving';

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
  if (outcome.right.event === undefined) throw new Error(outcome.right.problems.join());
  return outcome.right;
};

const idOverHttp = async (body: object): Promise<string> => {
  const readSources = () => TE.right(sourcesOf({ billing: { kind: 'shared-secret', secrets: [secret] } }));
  const { ports, records } = acceptingPorts({ readSources });
  expect((await poster(ports)(body)).statusCode).toBe(202);
  return records[0]!.eventId;
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
