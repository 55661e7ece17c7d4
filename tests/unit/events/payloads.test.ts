import * as E from 'fp-ts/Either';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { receiveLead } from '../../../IngestionFunction/receive-lead';
import { sourcesFromEnvironment } from '../../../dev/cloud/seed';
import { acceptingReceivePorts } from '../../support/receive-ports';
import { root } from '../../../dev/paths';

const folder = join(root, 'events', 'payloads');

const receive = receiveLead(acceptingReceivePorts());

test('there is a sample payload for each source that npm start knows', () => {
  const webhooks = Object.keys(sourcesFromEnvironment({})).filter((id) => id !== 'ingest');
  expect(readdirSync(folder).sort()).toStrictEqual(
    ['ingest.json', ...webhooks.map((id) => `webhook-${id}.json`)].sort(),
  );
});

test.each(readdirSync(folder))('the sample payload %s is accepted', async (name) => {
  const route = name.startsWith('webhook-') ? 'webhook' : 'ingest';
  const body = readFileSync(join(folder, name), 'utf8');
  const outcome = await receive({ route, body, secretHeader: undefined, correlationId: 'c' })();
  expect(outcome).toMatchObject(E.right({ kind: 'accepted' }));
});
