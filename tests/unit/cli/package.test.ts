import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { licensesOf } from '../../../cli/package/licenses';
import { root } from '../../../dev/paths';

describe('the licenses of bundled packages', () => {
  const files: Readonly<Record<string, string>> = {
    'node_modules/a/package.json': '{"name":"a","version":"1.0.0","license":"MIT"}',
    'node_modules/a/LICENSE': 'Text of a\n',
    'node_modules/a/node_modules/@b/c/package.json': '{"name":"@b/c","version":"2.0.0","license":"ISC"}',
    'node_modules/d/package.json': '{"name":"d","version":"3.0.0"}',
  };
  const read = (file: string) => files[file];

  it('are named once for each package, with their texts', () => {
    const inputs = [
      'cli/main.ts',
      'node_modules/a/x.js',
      '../node_modules/a/y.js',
      'node_modules/a/node_modules/@b/c/z.js',
    ];
    expect(licensesOf(inputs, read)).toBe(`a 1.0.0 (MIT)\n\nText of a\n\n${'-'.repeat(80)}\n\n@b/c 2.0.0 (ISC)\n`);
  });

  it('are required', () => {
    expect(() => licensesOf(['node_modules/d/x.js'], read)).toThrow('node_modules/d does not say its license');
  });
});

test('the npm package of leadline installs no other package, because its bundle has all of them', () => {
  const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Readonly<{
    dependencies?: unknown;
  }>;
  // A package in `dependencies` would be installed with leadline, and not be used: docs/decisions/0055.
  expect(dependencies).toBeUndefined();
});
