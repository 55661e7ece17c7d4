import { copyFileSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../dev/paths';
import { linkTools } from '../../dev/python/link-tools';
import { ensureVenv } from '../../dev/python/python';
import { runCommand } from '../../dev/run-command';
import { forgetAwsSettings } from '../../dev/start/environment';
import { requireChromium } from './find-chromium';

// Takes the pictures of README.md and docs/console.md, and writes them to docs/images: `npm run pictures`.
const [taken, kept] = [join(root, '.local', 'screenshots', 'docs'), join(root, 'docs', 'images')];

const main = async (): Promise<void> => {
  requireChromium();
  forgetAwsSettings();
  await Promise.all([ensureVenv('ministack', console.log), ensureVenv('tools', console.log)]);
  linkTools();
  rmSync(taken, { recursive: true, force: true });
  mkdirSync(taken, { recursive: true });
  console.log('Filling an embedded cloud, and taking the pictures. It takes about 2 minutes …');
  const jest = join(root, 'node_modules', 'jest', 'bin', 'jest.js');
  const only = ['--testPathPatterns', 'browser/pages.test', '--testNamePattern', 'pictures of the documentation'];
  await runCommand({ program: process.execPath, args: [jest, '--selectProjects', 'embedded', ...only], cwd: root });
  const names = readdirSync(taken);
  // None is replaced unless all are there: the documentation shows them side by side.
  const missing = readdirSync(kept).filter((name) => name.startsWith('console-') && !existsSync(join(taken, name)));
  if (missing.length > 0) throw new Error(`Not taken: ${missing.join(', ')}. docs/images is unchanged.`);
  for (const name of names) copyFileSync(join(taken, name), join(kept, name));
  console.log(`Wrote ${names.join(', ')} to docs/images. Look at each before you commit it.`);
};

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
