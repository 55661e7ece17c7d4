import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import * as E from 'fp-ts/Either';
import { sourcesStore } from '../../../../shared/aws/sources-store';
import { type Call, denied, type FakeAws, fakeAws, type Reply } from '../../../support/fake-aws';
import { fakeSecret } from '../../../support/fake-secret';

let aws: FakeAws | undefined;
afterEach(() => aws?.close());

/** @param before answers a call in place of the secret, or does something before it */
const storeOf = async (
  first: string | undefined,
  before: (call: Call, secret: ReturnType<typeof fakeSecret>) => Reply | undefined = () => undefined,
) => {
  const secret = fakeSecret(first);
  aws = await fakeAws((call) => before(call, secret) ?? secret.reply(call));
  return {
    secret,
    calls: aws.calls,
    store: sourcesStore(new SecretsManagerClient({ ...aws.client, maxAttempts: 1 }), 's'),
  };
};

const isMove = ({ operation, body }: Call): boolean =>
  operation === 'UpdateSecretVersionStage' && body.VersionStage === 'AWSCURRENT';

describe('the store of the sources secret', () => {
  it('replaces the present version, keeps it as the previous one, and leaves no label behind', async () => {
    const { secret, store } = await storeOf('{"a":12345678901234567890}');
    const read = await store.read();
    if (E.isLeft(read)) throw new Error('not read');
    expect(read.right.versionId).toBe('v1');
    const written = await store.replace('v1', { ...read.right.entries, b: 1 })();
    expect(E.isRight(written)).toBe(true);
    expect(secret.labels()).toStrictEqual({
      '{"a":12345678901234567890}': ['AWSPREVIOUS'],
      '{"a":12345678901234567890,"b":1}': ['AWSCURRENT'],
    });
    expect(await store.readPrevious()).toMatchObject({ _tag: 'Right' });
  });

  it('writes nothing if another writer was first', async () => {
    const { secret, store } = await storeOf('{}', (call, one) => {
      if (isMove(call) && one.at('AWSCURRENT') === '{}') one.put('other', '{"other":1}', ['AWSCURRENT']);
      return undefined;
    });
    expect(await store.replace('v1', { mine: 1 })()).toStrictEqual(E.left({ kind: 'lost-race' }));
    expect(secret.labels()).toStrictEqual({ '{}': ['AWSPREVIOUS'], '{"other":1}': ['AWSCURRENT'], '{"mine":1}': [] });
  });

  it('lets one of two writers win that write at once', async () => {
    const { secret, store } = await storeOf('{}');
    const both = await Promise.all([store.replace('v1', { one: 1 })(), store.replace('v1', { two: 1 })()]);
    expect(both.filter(E.isRight)).toHaveLength(1);
    expect(both.filter(E.isLeft)).toStrictEqual([E.left({ kind: 'lost-race' })]);
    expect(Object.values(secret.labels()).flat().sort()).toStrictEqual(['AWSCURRENT', 'AWSPREVIOUS']);
  });

  it('knows that it has written if the response was lost', async () => {
    const { secret, store } = await storeOf('{}', (call, one) => {
      if (!isMove(call)) return undefined;
      one.reply(call);
      return { status: 400, body: { __type: 'InvalidParameterException', message: 'it is there already' } };
    });
    expect(E.isRight(await store.replace('v1', { mine: 1 })())).toBe(true);
    expect(secret.at('AWSCURRENT')).toBe('{"mine":1}');
  });

  it('knows its own write even if another writer has replaced it since', async () => {
    const { store } = await storeOf('{}', (call, one) => {
      if (!isMove(call)) return undefined;
      one.reply(call);
      one.put('other', '{"other":1}', ['AWSCURRENT']);
      return { status: 400, body: { __type: 'InvalidParameterException', message: 'it is there already' } };
    });
    expect(E.isRight(await store.replace('v1', { mine: 1 })())).toBe(true);
  });

  it.each(['PutSecretValue', 'UpdateSecretVersionStage'])(
    'fails, and changes nothing, if %s is denied',
    async (name) => {
      const { secret, store } = await storeOf('{}', ({ operation }) => (operation === name ? denied : undefined));
      expect(await store.replace('v1', { mine: 1 })()).toMatchObject(
        E.left({ kind: 'unavailable', cause: 'AccessDeniedException' }),
      );
      expect(secret.at('AWSCURRENT')).toBe('{}');
    },
  );

  it('writes the first version of a secret that has none', async () => {
    const { secret, store } = await storeOf(undefined);
    expect(await store.read()).toStrictEqual(E.right({ versionId: undefined, entries: {} }));
    expect(await store.readPrevious()).toStrictEqual(E.right(undefined));
    expect(E.isRight(await store.replace(undefined, { mine: 1 })())).toBe(true);
    expect(secret.labels()).toStrictEqual({ '{"mine":1}': ['AWSCURRENT'] });
  });

  it('does not replace a first version that another writer has written', async () => {
    const { secret, store } = await storeOf(undefined);
    secret.put('other', '{"other":1}', []);
    expect(await store.replace(undefined, { mine: 1 })()).toStrictEqual(E.left({ kind: 'lost-race' }));
    expect(secret.at('AWSCURRENT')).toBe('{"other":1}');
  });

  it('reads an empty value as no sources', async () => {
    const { store } = await storeOf(' ');
    expect(await store.read()).toStrictEqual(
      E.right({ versionId: 'v1', storedAt: expect.any(Date) as Date, entries: {} }),
    );
  });

  it.each(['{"a":', '[]', '"secret-text"'])('says that %j is no JSON object, without repeating it', async (text) => {
    const { store } = await storeOf(text);
    const read = await store.read();
    expect(read).toMatchObject(E.left({ kind: 'unreadable', store: 'sources' }));
    expect(JSON.stringify(read)).not.toContain('secret-text');
  });

  it('says that a binary secret is not text', async () => {
    const { store } = await storeOf('{}', () => ({ body: { VersionId: 'v1', SecretBinary: 'e30=' } }));
    expect(await store.read()).toMatchObject(E.left({ kind: 'unreadable' }));
  });

  it('fails if the secret does not exist', async () => {
    const { store } = await storeOf('{}', () => ({
      status: 400,
      body: { __type: 'ResourceNotFoundException', message: "Secrets Manager can't find the specified secret." },
    }));
    expect(await store.read()).toMatchObject(E.left({ cause: 'ResourceNotFoundException' }));
  });
});
