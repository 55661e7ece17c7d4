import {
  CreateSecretCommand,
  DeleteSecretCommand,
  ListSecretVersionIdsCommand,
  PutSecretValueCommand,
} from '@aws-sdk/client-secrets-manager';
import * as E from 'fp-ts/Either';
import { sourcesStore } from '../../shared/aws/sources-store';
import type { SourcesStore } from '../../shared/operations/sources/sources-store';
import { reasons } from './capabilities';
import { stack } from './cloud';
import { deployedStacks } from './deployed';

const { secrets, capabilities } = stack(deployedStacks()[0]);

const made: string[] = [];

/** A secret of its own, so that no other test writes to it. */
const newSecret = async (SecretString?: string): Promise<string> => {
  const Name = `sources-${process.pid}-${Math.random().toString(36).slice(2, 8)}`;
  await secrets.send(new CreateSecretCommand({ Name, ...(SecretString === undefined ? {} : { SecretString }) }));
  made.push(Name);
  return Name;
};

afterAll(async () => {
  for (const SecretId of made)
    await secrets.send(new DeleteSecretCommand({ SecretId, ForceDeleteWithoutRecovery: true }));
});

const labelsOf = async (SecretId: string): Promise<readonly string[]> => {
  const { Versions = [] } = await secrets.send(new ListSecretVersionIdsCommand({ SecretId }));
  return Versions.flatMap(({ VersionStages = [] }) => VersionStages).sort();
};

const readBy = async ({ read }: SourcesStore) => {
  const stored = await read();
  if (E.isLeft(stored)) throw new Error(JSON.stringify(stored.left));
  return stored.right;
};

/** Adds an entry, and starts again as often as another writer was first. Gives how often that was. */
const addUntilWritten = async (store: SourcesStore, name: string): Promise<number> => {
  for (let lost = 0; ; lost += 1) {
    const { versionId, entries } = await readBy(store);
    const written = await store.replace(versionId, { ...entries, [name]: {} })();
    if (E.isRight(written)) return lost;
    if (written.left.kind !== 'lost-race') throw new Error(JSON.stringify(written.left));
  }
};

describe('the store of the sources', () => {
  const concurrent = capabilities.swapsSecretVersions ? it : it.skip;
  const why = capabilities.swapsSecretVersions ? '' : ` (not tested here: ${reasons.swapsSecretVersions})`;

  concurrent(`loses no change of eight writers that write at once${why}`, async () => {
    const id = await newSecret('{"first":{}}');
    const names = Array.from({ length: 8 }, (_, index) => `writer-${index}`);
    const lost = await Promise.all(names.map((name) => addUntilWritten(sourcesStore(secrets, id), name)));
    expect(Object.keys((await readBy(sourcesStore(secrets, id))).entries).sort()).toStrictEqual(['first', ...names]);
    // Otherwise the writers were not at work at the same time, and the test shows nothing.
    expect(lost.some((times) => times > 0)).toBe(true);
    expect(await labelsOf(id)).toEqual(expect.arrayContaining(['AWSCURRENT', 'AWSPREVIOUS']));
  });

  it('leaves only the labels of AWS', async () => {
    const id = await newSecret('{}');
    const store = sourcesStore(secrets, id);
    const { versionId } = await readBy(store);
    expect(E.isRight(await store.replace(versionId, { one: {} })())).toBe(true);
    expect(await store.replace(versionId, { late: {} })()).toStrictEqual(E.left({ kind: 'lost-race' }));
    expect(await labelsOf(id)).toStrictEqual(['AWSCURRENT', 'AWSPREVIOUS']);
    expect(await store.readPrevious()).toStrictEqual(E.right({}));
  });

  it('does not overwrite what was put by hand since it was read', async () => {
    const id = await newSecret('{}');
    const store = sourcesStore(secrets, id);
    const { versionId } = await readBy(store);
    await secrets.send(new PutSecretValueCommand({ SecretId: id, SecretString: '{"by-hand":{}}' }));
    expect(await store.replace(versionId, { late: {} })()).toStrictEqual(E.left({ kind: 'lost-race' }));
    expect((await readBy(store)).entries).toStrictEqual({ 'by-hand': {} });
  });

  it('writes two versions in a row, so that the previous one has nothing of the first', async () => {
    const id = await newSecret('{"old":{}}');
    const store = sourcesStore(secrets, id);
    const { versionId } = await readBy(store);
    const first = await store.replace(versionId, { new: {} })();
    if (E.isLeft(first)) throw new Error('not written');
    expect(E.isRight(await store.replace(first.right, { new: {} })())).toBe(true);
    expect(await store.readPrevious()).toStrictEqual(E.right({ new: {} }));
    expect(await labelsOf(id)).toStrictEqual(['AWSCURRENT', 'AWSPREVIOUS']);
  });
});
