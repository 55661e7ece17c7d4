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

/** A bucket with a hand in each call: what `meddle` throws is the answer. */
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

const keyOf = (bucket: Bucket, { s3Key }: RecordedEvent) => bucket.objects.get(s3Key);

describe('storing a raw object', () => {
  it('is done where it lies there already: by an earlier attempt, or by this one, whose answer got lost', async () => {
    const { store, bucket } = s3();
    const record = lead();
    expect(E.isRight(await store(record))).toBe(true);
    const written = keyOf(bucket, record);
    const again = { ...record, event: { ...record.event, payload: { ...record.event.payload, sent_at: 'later' } } };
    expect(E.isRight(await store(again))).toBe(true);
    expect(keyOf(bucket, record)).toBe(written);
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
  ])('is refused, and changes nothing, where an object lies there %s', async (_what, other) => {
    const { store, bucket } = s3();
    const record = lead();
    const there = { body: JSON.stringify(record.event.payload), metadata: {}, at: 0, ...other(record) };
    bucket.objects.set(record.s3Key, there);
    expect(await store(record)).toStrictEqual(E.left({ kind: 'raw-taken', s3_key: record.s3Key }));
    expect(keyOf(bucket, record)).toBe(there);
  });

  it('knows the object of an earlier version, whose metadata do not say the lead', async () => {
    const { store, bucket } = s3();
    const record = lead();
    const { eventId, event } = record;
    bucket.objects.set(record.s3Key, { body: JSON.stringify(event.payload), metadata: { 'event-id': eventId }, at: 0 });
    expect(E.isRight(await store(record))).toBe(true);
  });

  it('knows its own object by a lead id of any characters', async () => {
    const { store } = s3();
    const one = lead();
    const record = { ...one, event: { ...one.event, lead_id: '=?UTF-8?B?!$&' as LeadId } };
    await store(record);
    expect(E.isRight(await store(record))).toBe(true);
  });

  it('is tried again where it meets another write', async () => {
    const { store, bucket } = s3((_command, _bucket, call) => {
      if (call === 1) throw s3Error('ConditionalRequestConflict', 409);
    });
    const record = lead();
    expect(E.isRight(await store(record))).toBe(true);
    expect(keyOf(bucket, record)).toBeDefined();
  });

  it.each([
    ['is gone', () => undefined],
    ['is gone, which S3 tells nobody who may not list', () => s3Error('AccessDenied', 403)],
  ])('is tried again where what was in the way %s', async (_what, answer) => {
    const record = lead();
    const { store, bucket } = s3((command, { objects }) => {
      if (!(command instanceof GetObjectCommand)) return;
      objects.delete(record.s3Key);
      const error = answer();
      if (error !== undefined) throw error;
    });
    bucket.objects.set(record.s3Key, { body: '{}', metadata: {}, at: 0 });
    expect(E.isRight(await store(record))).toBe(true);
    expect(keyOf(bucket, record)?.metadata['event-id']).toBe(record.eventId);
  });

  it('ends, with a failure that its sender can send again after, where it meets others without end', async () => {
    let calls = 0;
    const { store } = s3(() => {
      calls += 1;
      throw s3Error('ConditionalRequestConflict', 409);
    });
    expect(await store(lead())).toMatchObject(E.left({ kind: 'unavailable', store: 'raw' }));
    expect(calls).toBeLessThanOrEqual(5);
  });

  it('is not done where nobody can say whose object is in the way', async () => {
    const record = lead();
    const { store, bucket } = s3((command) => {
      if (command instanceof GetObjectCommand) throw s3Error('InternalError', 500);
    });
    bucket.objects.set(record.s3Key, { body: '{}', metadata: {}, at: 0 });
    expect(await store(record)).toMatchObject(E.left({ kind: 'unavailable' }));
  });
});
