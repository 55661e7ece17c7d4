import * as E from 'fp-ts/Either';
import * as TE from 'fp-ts/TaskEither';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { receiveLead } from '../../../IngestionFunction/receive-lead';
import { sourcesFromEnvironment } from '../../../dev/cloud/seed';
import { root } from '../../../dev/paths';

const folder = join(root, 'events', 'payloads');
const done = () => TE.right(undefined);

const receive = receiveLead({
  recordEvent: (record) => TE.right({ kind: 'new', record }),
  storeRaw: done,
  saveLead: done,
  enqueue: done,
  queueAgain: () => TE.right(true),
  readSources: () => TE.right(sourcesFromEnvironment({})),
  now: () => new Date(),
  ingestAuth: 'OPEN',
});

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
