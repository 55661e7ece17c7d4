import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../../dev/paths';
import { runCommand } from '../../../dev/run-command';
import { removeTemporaryFolders, temporaryFolder } from '../../../dev/temporary-folder';
import { bundle, functionNames } from '../../support/bundle';
import { environmentOf } from '../../support/fake-aws';
import { loopback, type Loopback } from '../../support/loopback';

/** Each function as SAM bundles it, outside the project, so that it can load no package that is not in the bundle. */
const bundles = Object.fromEntries(functionNames.map((name) => [name, bundle(name, temporaryFolder('bundle'))]));

const events = {
  IngestionFunction: 'ingestion-webhook-accepted.json',
  EnrichmentFunction: 'enrichment-queued.json',
  QueryFunction: 'query-by-email.json',
  ReconcileFunction: 'reconcile.json',
} as const;

let aws: Loopback;
let signatures: string[];

beforeAll(async () => {
  aws = await loopback(({ headers }, response) => {
    signatures.push(`${headers.authorization ?? ''} ${String(headers['x-amz-security-token'])}`);
    response.writeHead(403, { 'content-type': 'application/x-amz-json-1.0' }).end('{"__type":"AccessDeniedException"}');
  });
});

beforeEach(() => {
  signatures = [];
});

afterAll(() => {
  aws.close();
  removeTemporaryFolders();
});

const run = `
  const [, file, event] = process.argv;
  const { handler } = require(file);
  handler(JSON.parse(event), { getRemainingTimeInMillis: () => 25_000 }).then(console.log, console.log);
`;

describe.each(functionNames)('%s', (name) => {
  test('is bundled without the sources of credentials that Lambda does not have', () => {
    const unused =
      /\/(@aws-sdk\/(credential-provider-(?!env|node)|nested-clients|token-providers)|@smithy\/credential-provider-)/;
    expect(bundles[name]?.inputs.filter((file) => unused.test(file))).toStrictEqual([]);
    expect(bundles[name]?.inputs).toContainEqual(expect.stringContaining('/@aws-sdk/credential-provider-env/'));
  });

  test('is bundled with the modules that replace a large package, and without that package', () => {
    const replaced = /node_modules\/(@aws-sdk\/client-s3|mnemonist)\/|\/event-streams\//;
    expect(bundles[name]?.inputs.filter((file) => replaced.test(file))).toStrictEqual([]);
  });

  // `import('node:http')` gets each member of the module, and one of them loads the whole HTTP client of `fetch`.
  test('is bundled without a dynamic import, which would make the first request slow', () => {
    expect(readFileSync(bundles[name]?.file ?? '', 'utf8')).not.toMatch(/\bimport\(/);
  });

  test('calls AWS with the credentials that Lambda sets in its environment', async () => {
    const folder = temporaryFolder('home');
    const printed = await runCommand({
      program: process.execPath,
      args: ['-e', run, bundles[name]?.file ?? '', readFileSync(join(root, 'events', events[name]), 'utf8')],
      cwd: folder,
      env: {
        ...environmentOf(name, aws.endpoint),
        HOME: folder,
        AWS_ACCESS_KEY_ID: 'key-of-the-role',
        AWS_SECRET_ACCESS_KEY: 'secret',
        AWS_SESSION_TOKEN: 'token-of-the-role',
      },
    });
    expect(signatures).toContainEqual(expect.stringMatching(/Credential=key-of-the-role\/.* token-of-the-role$/));
    expect(printed).not.toContain('Cannot find');
  });
});
