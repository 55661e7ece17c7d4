import { build } from 'esbuild';
import { join } from 'node:path';
import { root } from '../../../../../dev/paths';

test('the codec of the overview needs no Node.js, because the page decodes answers with it', async () => {
  const { metafile, errors } = await build({
    entryPoints: [join(root, 'shared', 'operations', 'views', 'overview.ts')],
    bundle: true,
    write: false,
    metafile: true,
    platform: 'browser',
    logLevel: 'silent',
  });
  expect(errors).toStrictEqual([]);
  const packages = Object.keys(metafile.inputs).flatMap((file) => /node_modules\/([^/]+)/.exec(file)?.slice(1) ?? []);
  expect([...new Set(packages)].sort()).toStrictEqual(['fp-ts', 'io-ts']);
});
