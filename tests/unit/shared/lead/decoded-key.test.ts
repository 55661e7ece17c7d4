import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import { decodedKey } from '../../../../shared/lead/decoded-key';
import { orByDecodedKey } from '../../../../shared/aws/or-by-decoded-key';
import { queueMessage } from '../../../../shared/stored/queue-message';
import type { RawKey } from '../../../../shared/lead/raw-key';
import type { ReadFailure } from '../../../../shared/ports/read-failure';

describe('a URL-encoded key', () => {
  it.each([
    ['raw%2Fcrm_event_1.json', 'raw/crm_event_1.json'],
    ['raw/crm%5Fevent_1.json', 'raw/crm_event_1.json'],
    ['raw/by+hand%281%29.json', 'raw/by hand(1).json'],
    ['raw/caf%C3%A9.json', 'raw/café.json'],
  ])('%p names the object %p', async (encoded, key) => {
    const read = orByDecodedKey((asked: RawKey): TE.TaskEither<ReadFailure, string> =>
      String(asked) === key ? TE.right(asked) : TE.left({ kind: 'missing' }),
    );
    const outcome = await pipe(
      TE.fromEither(queueMessage.decode({ s3_key: encoded })),
      TE.flatMap(({ s3_key }) => read(s3_key)),
    )();
    expect(outcome).toStrictEqual(E.right(key));
  });

  it('names the object with exactly this key, if there is one', async () => {
    const read = orByDecodedKey((asked) => TE.right(asked));
    expect(await read('raw/100%25.json' as RawKey)()).toStrictEqual(E.right('raw/100%25.json'));
  });

  it.each(['raw/plain.json', 'raw/%E0%A4%A.json', 'raw/\ud800', 'other%2Fkey', '%2e%2e/raw'])(
    'has no decoded form: %p',
    (text) => {
      expect(decodedKey(text)).toBeUndefined();
    },
  );

  it('is not decoded if the store does not answer', async () => {
    const failure: ReadFailure = { kind: 'unavailable', store: 'raw', cause: 'TimeoutError' };
    expect(await orByDecodedKey(() => TE.left(failure))('raw/a%20b' as RawKey)()).toStrictEqual(E.left(failure));
  });
});
