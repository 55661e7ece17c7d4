import * as TE from 'fp-ts/TaskEither';
import { recordRef } from '../../../../shared/lead/event-ref';
import { eventOfRaw } from '../../../../shared/operations/event-of-raw';
import { arbitraryRecord } from '../../../support/arbitrary';

describe('the event of a raw object', () => {
  const record = arbitraryRecord();
  const { s3Key } = record;
  const failingWith = (cause: string) => eventOfRaw(() => TE.left({ kind: 'unavailable', store: 'raw', cause }))(s3Key);

  it('is the one that the object was recorded for', async () => {
    expect(await eventOfRaw(() => TE.right(record))(s3Key)).toStrictEqual(recordRef(record));
  });

  it('does not exist if the object is missing, or has a key that no object can have', async () => {
    expect(await eventOfRaw(() => TE.left({ kind: 'missing' }))(s3Key)).toBe('raw-missing');
    expect(await failingWith('KeyTooLongError')).toBe('raw-missing');
  });

  it('does not exist if the object cannot be decoded, or reading it throws', async () => {
    const unreadable = { kind: 'unreadable', store: 'raw', paths: [] } as const;
    expect(await eventOfRaw(() => TE.left(unreadable))(s3Key)).toBe('raw-unreadable');
    const hostile = { ...record, eventId: 'x'.repeat(1100) };
    expect(await eventOfRaw(() => TE.right(hostile))(s3Key)).toBe('raw-unreadable');
    const throwing = () => () => Promise.reject(new URIError('malformed'));
    expect(await eventOfRaw(throwing)(s3Key)).toBe('raw-unreadable');
  });

  it.each(['TimeoutError', 'ECONNREFUSED', 'EAI_AGAIN', 'ThrottlingException', 'ExpiredToken', 'NoSuchBucket'])(
    'is an error if the store does not answer: %s',
    async (cause) => {
      await expect(failingWith(cause)).rejects.toMatchObject({
        name: 'StoreError',
        failure: { kind: 'unavailable', store: 'raw', cause },
      });
    },
  );

  it.each(['InvalidArgument', 'InvalidObjectState', 'AccessDenied', 'URIError', 'InvalidRequest', 'UnknownError'])(
    'is not known if the store refuses only this object: %s',
    async (cause) => {
      expect(await failingWith(cause)).toBe('store-unavailable');
    },
  );
});
