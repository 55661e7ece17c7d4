import * as E from 'fp-ts/Either';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadRun } from '../../../../bench/load/record';
import { filesOf } from '../../../../bench/load/write-pages';
import { root } from '../../../../dev/paths';

const textOf = (path: string): string => readFileSync(join(root, path), 'utf8');

test('the recorded run has the shape that others read, and the pages are made of it', () => {
  const recorded = loadRun.decode(JSON.parse(textOf('bench/load/recorded.json')));
  if (E.isLeft(recorded)) throw new Error('bench/load/recorded.json is not a LoadRun');
  const files = filesOf(recorded.right);
  expect(Object.keys(files)).toHaveLength(3);
  for (const [path, text] of Object.entries(files)) expect(textOf(path)).toBe(text);
});
