import { GetObjectCommand, PutObjectCommand, type S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import * as E from 'fp-ts/Either';
import { storeRaw } from '../../../../shared/aws/store-raw';
import type { LeadId } from '../../../../shared/lead/lead-id';
import type { RecordedEvent } from '../../../../shared/lead/recorded-event';
import { Bucket } from '../../../simulation/bucket';
import { arbitraryRecord } from '../../../support/arbitrary';

type Command = GetObjectCommand | PutObjectCommand;

const s3Error = (name: string, httpStatusCode: number) =>
  new S3ServiceException({ name, $fault: 'client', message: name, $metadata: { httpStatusCode } });

/** A bucket that calls `meddle` before each command. An error that `meddle` throws is the response. */
const s3 = (meddle: (command: Command, bucket: Bucket, call: number) => void = () => undefined) => {
  const bucket = new Bucket();
  let calls = 0;
  const client = {
    send: (command: Command) =>
      Promise.resolve().then(() => {
        meddle(command, bucket, (calls += 1));
        return command instanceof PutObjectCommand ? bucket.put(command.input, 0) : bucket.get(command.input);
      }),
  } as unknown as S3Client;
  return { bucket, store: (record: RecordedEvent) => storeRaw(client, 'raw')(record)() };
};

const lead = (): RecordedEvent => {
  const one = arbitraryRecord();
  return { ...one, event: { ...one.event, payload: { lead_id: one.event.lead_id } } };
};

const objectOf = (bucket: Bucket, { s3Key }: RecordedEvent) => bucket.objects.get(s3Key);

/** What `storeRaw` writes of a record. */
const writtenFrom = ({ event, eventId }: RecordedEvent) => ({
  body: JSON.stringify(event.payload),
  metadata: expect.objectContaining({ 'event-id': eventId }) as object,
});

const stored = E.right(undefined);

describe('storing a raw object', () => {
  it('succeeds if an earlier attempt, or this attempt whose response was lost, has stored the object', async () => {
    const { store, bucket } = s3();
    const record = lead();
    expect(await store(record)).toStrictEqual(stored);
    const written = objectOf(bucket, record);
    expect(written).toMatchObject(writtenFrom(record));
    const again = { ...record, event: { ...record.event, payload: { ...record.event.payload, sent_at: 'later' } } };
    expect(await store(again)).toStrictEqual(stored);
    expect(objectOf(bucket, record)).toBe(written);
  });

  it.each<[string, (record: RecordedEvent) => Partial<{ body: string; metadata: Record<string, string> }>]>([
    ['of another event', ({ event }) => ({ metadata: { 'event-id': 'b'.repeat(64), 'lead-id': event.lead_id } })],
    [
      'of another lead with the same event id',
      ({ eventId }) => ({ metadata: { 'event-id': eventId, 'lead-id': 'L-2' } }),
    ],
    [
      'of another lead, as an earlier version wrote it',
      ({ eventId }) => ({ metadata: { 'event-id': eventId }, body: '{"lead_id":"L-2"}' }),
    ],
    ['without metadata', () => ({})],
    ['with an empty event id', () => ({ metadata: { 'event-id': '' } })],
    ['that is no JSON', ({ eventId }) => ({ metadata: { 'event-id': eventId }, body: 'not JSON' })],
  ])('is refused and changes nothing if the key holds an object %s', async (_what, other) => {
    const { store, bucket } = s3();
    const record = lead();
    const there = { body: JSON.stringify(record.event.payload), metadata: {}, at: 0, ...other(record) };
    bucket.objects.set(record.s3Key, there);
    expect(await store(record)).toStrictEqual(E.left({ kind: 'raw-taken', s3_key: record.s3Key }));
    expect(objectOf(bucket, record)).toBe(there);
  });

  it('accepts an object of an earlier version, whose metadata do not name the lead', async () => {
    const { store, bucket } = s3();
    const record = lead();
    const { eventId, event } = record;
    bucket.objects.set(record.s3Key, { body: JSON.stringify(event.payload), metadata: { 'event-id': eventId }, at: 0 });
    expect(await store(record)).toStrictEqual(stored);
  });

  it('recognises its own object if the lead id has unusual characters', async () => {
    const { store } = s3();
    const one = lead();
    const record = { ...one, event: { ...one.event, lead_id: '=?UTF-8?B?!$&' as LeadId } };
    await store(record);
    expect(await store(record)).toStrictEqual(stored);
  });

  it('is retried after a conflict with another write', async () => {
    const { store, bucket } = s3((_command, _bucket, call) => {
      if (call === 1) throw s3Error('ConditionalRequestConflict', 409);
    });
    const record = lead();
    expect(await store(record)).toStrictEqual(stored);
    expect(objectOf(bucket, record)).toMatchObject(writtenFrom(record));
  });

  it.each([
    ['is gone', () => undefined],
    ['is gone, and S3 answers 403 because the role may not list', () => s3Error('AccessDenied', 403)],
  ])('is retried if the object under the key %s', async (_what, answer) => {
    const record = lead();
    const { store, bucket } = s3((command, { objects }) => {
      if (!(command instanceof GetObjectCommand)) return;
      objects.delete(record.s3Key);
      const error = answer();
      if (error !== undefined) throw error;
    });
    bucket.objects.set(record.s3Key, { body: '{}', metadata: {}, at: 0 });
    expect(await store(record)).toStrictEqual(stored);
    expect(objectOf(bucket, record)).toMatchObject(writtenFrom(record));
  });

  it('fails with a retryable failure after at most five conflicts', async () => {
    let calls = 0;
    const { store } = s3(() => {
      calls += 1;
      throw s3Error('ConditionalRequestConflict', 409);
    });
    expect(await store(lead())).toMatchObject(E.left({ kind: 'unavailable', store: 'raw' }));
    expect(calls).toBeLessThanOrEqual(5);
  });

  it('fails if the object under the key cannot be read', async () => {
    const record = lead();
    const { store, bucket } = s3((command) => {
      if (command instanceof GetObjectCommand) throw s3Error('InternalError', 500);
    });
    bucket.objects.set(record.s3Key, { body: '{}', metadata: {}, at: 0 });
    expect(await store(record)).toMatchObject(E.left({ kind: 'unavailable' }));
  });
});
