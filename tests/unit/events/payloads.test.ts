import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sourcesFromEnvironment } from '../../../dev/cloud/seed';
import { acceptingReceivePorts } from '../../support/receive-ports';
import { poster } from '../IngestionFunction/receiving';
import { root } from '../../../dev/paths';

const folder = join(root, 'events', 'payloads');

const post = poster(acceptingReceivePorts());

test('there is a sample payload for each source that npm start knows', () => {
  const webhooks = Object.keys(sourcesFromEnvironment({})).filter((id) => id !== 'ingest');
  expect(readdirSync(folder).sort()).toStrictEqual(
    ['ingest.json', ...webhooks.map((id) => `webhook-${id}.json`)].sort(),
  );
});

test.each(readdirSync(folder))('the sample payload %s is accepted', async (name) => {
  const resource = name.startsWith('webhook-') ? '/webhook' : '/ingest';
  expect((await post(readFileSync(join(folder, name), 'utf8'), { resource })).statusCode).toBe(202);
});
