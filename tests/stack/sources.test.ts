import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { auth, type Auth } from '../../shared/sources/auth';
import { signRequest } from '../../shared/sources/signing/sign-request';
import * as E from 'fp-ts/Either';
import { stack } from './cloud';
import { deployedStacks } from './deployed';
import { type Ended, leadlineOf } from './leadline-process';
import { putSource } from './put-source';
import { newLeadId } from './waiting';

const cloud = stack(deployedStacks()[0]);
const leadline = leadlineOf(cloud);
const folder = mkdtempSync(join(tmpdir(), 'leadline-sources-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs a command that changes the sources, again as long as another test was first. */
const sources = async (...args: readonly string[]): Promise<Ended> => {
  for (;;) {
    const ended = await leadline('--stack-name', cloud.stackName, 'sources', ...args);
    if (!/"kind": "conflict"|Another writer/.test(ended.printed + ended.complained)) return ended;
  }
};

const json = ({ printed, complained }: Ended): unknown => {
  if (printed === '') throw new Error(complained);
  return JSON.parse(printed) as unknown;
};

const storedAt = async (VersionStage: 'AWSCURRENT' | 'AWSPREVIOUS'): Promise<string> => {
  const SecretId = cloud.outputs.SourcesSecretName;
  return (await cloud.secrets.send(new GetSecretValueCommand({ SecretId, VersionStage }))).SecretString ?? '';
};

/** A file for a secret that does not exist yet. */
const newFile = (): string => join(folder, `${newLeadId()}.json`);
const secretIn = (file: string): string => (JSON.parse(readFileSync(file, 'utf8')) as { secret: string }).secret;

const typeform = (secret: string): Auth => {
  const read = auth.decode({ scheme: 'typeform', secrets: [secret] });
  if (E.isLeft(read)) throw new Error('not an auth');
  return read.right;
};

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe('leadline sources', () => {
  it('adds a source of HubSpot, and sends it a signed lead that is mailed, in one command', async () => {
    const id = `hubspot-${newLeadId()}`;
    const file = newFile();
    const made = ['--preset', 'hubspot', '--generate', '--secret-file', file, '--test'] as const;
    const added = await sources('add', id, ...made, '--wait', '60', '--json');
    const report = json(added) as { id: string; keys: number; url: string; test: { leads: readonly Lead[] } };
    expect(report).toMatchObject({ id, scheme: 'hubspot-v3', preset: 'hubspot-workflow', keys: 1 });
    expect(report.test.leads).toMatchObject([{ status: 'accepted', state: 'NOTIFIED' }]);
    expect(added.code).toBe(0);
    expect(added.printed + added.complained).not.toContain(secretIn(file));
    expect(await cloud.mailsAbout(report.test.leads[0]!.lead_id)).toHaveLength(1);
    expect(json(await sources('list', '--json'))).toContainEqual(expect.objectContaining({ id, keys: 1 }));

    const again = await sources('add', id, ...made);
    expect(again).toMatchObject({ code: 1, complained: expect.stringContaining('already') as string });
    expect((await sources('remove', id, '--yes')).code).toBe(0);
    expect(await storedAt('AWSCURRENT')).not.toContain(id);
    expect(await storedAt('AWSPREVIOUS')).not.toContain(secretIn(file));
  });

  it('reports an unknown source, a stack that does not exist, and wrong usage by the exit code', async () => {
    expect(await sources('retire', 'nobody', '--yes')).toMatchObject({ code: 3 });
    expect(await leadline('--stack-name', 'no-such-stack', 'sources', 'list')).toMatchObject({ code: 1 });
    expect(await sources('add', 'crm')).toMatchObject({ code: 2 });
    const generated = await sources('add', 'crm', '--preset', 'form');
    expect(generated).toMatchObject({ code: 2, complained: expect.stringContaining('would be lost') as string });
    expect((await sources('validate')).printed).toMatch(/valid sources/);
  });

  it('says which permission is missing', async () => {
    const { accessKeyId, secretAccessKey } = cloud.reader;
    const asReader = leadlineOf(cloud, { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey });
    const ended = await asReader('--stack-name', cloud.stackName, 'sources', 'list', '--json');
    if (cloud.capabilities.enforcesIam) expect(json(ended)).toMatchObject({ error: { kind: 'access-denied' } });
  });

  it('rotates a secret under a stream of leads with not one 401', async () => {
    const id = `stream-${newLeadId()}`;
    const [first, second] = [newFile(), newFile()];
    expect(await sources('add', id, '--scheme', 'typeform', '--secret-file', first)).toMatchObject({ code: 0 });
    let secret = secretIn(first);
    const stream = await streamTo(id, secret);
    const senders = [1, 2, 3].map(() => stream.send(() => secret));
    await wait(1_000);
    expect(await sources('rotate', id, '--secret-file', second)).toMatchObject({ code: 0 });
    expect((await sources('rotate', id, '--generate', '--show-secret')).code).toBe(1);
    // The time that the command names: the functions' copy of the sources may be that old.
    await wait(31_000);
    secret = secretIn(second);
    await wait(3_000);
    expect(await sources('retire', id, '--yes')).toMatchObject({ code: 0 });
    await wait(3_000);
    stream.end();
    await Promise.all(senders);

    expect(stream.statuses.length).toBeGreaterThan(50);
    expect(stream.refused()).toStrictEqual([]);
    for (const stage of ['AWSCURRENT', 'AWSPREVIOUS'] as const) {
      expect(await storedAt(stage)).toContain(secretIn(second));
      expect(await storedAt(stage)).not.toContain(secretIn(first));
    }
    await sources('remove', id, '--yes');
  }, 300_000);
});

describe('a tool that replaces the only secret of a source', () => {
  const schemeWith = (secret: string) => ({ auth: { scheme: 'typeform', secrets: [secret] } });

  /**
   * Whether a rotation was the last change of the sources while leads came in. A test in another file may change the
   * sources, too: its change makes the new version the previous one, and so ends the old secret.
   */
  const rotatesAlone = async (): Promise<boolean> => {
    const id = `replaced-${newLeadId()}`;
    const [older, newer] = ['the old secret of a stream', 'the new secret of a stream'];
    await putSource(cloud, id, schemeWith(older));
    const stream = await streamTo(id, older);
    const senders = [1, 2].map(() => stream.send(() => older));
    await wait(1_000);
    await putSource(cloud, id, schemeWith(newer));
    const replaced = await storedAt('AWSPREVIOUS');
    const isAlone = async () => replaced.includes(older) && (await storedAt('AWSPREVIOUS')) === replaced;
    // Senders get the new secret when the functions know it.
    await wait(31_000);
    senders.push(...[1, 2].map(() => stream.send(() => newer)));
    // Every copy of the sources that a container has is now read after the change.
    await wait(10_000);
    stream.end();
    await Promise.all(senders);
    if (!(await isAlone())) return false;
    expect(stream.statuses.length).toBeGreaterThan(50);
    expect(stream.refused()).toStrictEqual([]);
    await sources('remove', id, '--yes');
    return true;
  };

  it('ends no sender: under a stream of leads by the old and the new secret there is not one 401', async () => {
    for (let tries = 1; !(await rotatesAlone()); tries += 1) if (tries === 4) throw new Error('other tests were first');
  }, 600_000);
});

/** A slow cloud would have no time left for the tests of other files. */
const pauseMs = cloud.capabilities.requestsAtOnce > 100 ? 100 : 1_000;

/** Sends the same lead to a source again and again, and notes the statuses. */
const streamTo = async (id: string, knownSecret: string) => {
  const leadId = newLeadId();
  await cloud.putOwner(leadId, { owner_name: 'Stream' });
  const url = `${cloud.apiUrl}/webhook/${id}`;
  const body = Buffer.from(JSON.stringify({ lead_id: leadId, email: 'stream@example.com' }));
  const post = async (secret: string): Promise<number> => {
    const headers = { 'content-type': ['application/json'] };
    const signed = signRequest(typeform(secret), { method: 'POST', url, headers, body }, new Date());
    const names = Object.entries(signed.headers).map(([name, [value = '']]): [string, string] => [name, value]);
    const response = await fetch(url, { method: 'POST', headers: names, body });
    await response.arrayBuffer();
    return response.status;
  };
  // Each container may have read the sources just before this one was added, and reads them again after 30 s at most.
  // That one container knows the source says nothing of the others.
  await wait(31_000);
  expect(await post(knownSecret)).toBe(202);

  const statuses: number[] = [];
  let isOver = false;
  return {
    statuses,
    /** The statuses that are not those of an accepted lead. */
    refused: () => [...new Set(statuses)].filter((status) => status !== 200 && status !== 202),
    /** A sender: it sends until the stream ends. */
    send: async (secretNow: () => string): Promise<void> => {
      while (!isOver) {
        statuses.push(await post(secretNow()));
        await wait(pauseMs);
      }
    },
    end: () => (isOver = true),
  };
};

type Lead = Readonly<{ lead_id: string; event_id: string }>;
