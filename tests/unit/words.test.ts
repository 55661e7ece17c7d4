import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../dev/paths';

/** Phrases that a reader has to guess. The project does not use them: pairs of a phrase and what to write instead. */
const retired: readonly (readonly [RegExp, string])[] = [
  [/\bmend(s|ed|ing)?\b/i, 'fix, correct'],
  [/\btold\b|\btells? of\b/i, 'reported, recorded'],
  [/\bstands\b(?! for)/i, 'is'],
  [/\bof ours\b/i, 'of this project, server error'],
  [/\bcomes again\b/i, 'is retried'],
  [/\ba message too many\b/i, 'a duplicate message'],
  [/\bfor want of\b/i, 'because … is missing'],
  [/\bin vain\b/i, 'without effect'],
  [/\bby lot\b/i, 'at random'],
  [/\bsheds\b/i, 'throttles, drops'],
  [/\btakes up\b/i, 'starts to work on, claims'],
  // dash, the sh of Debian and Ubuntu, has no `source`, and looks for a file without a slash on the PATH.
  [/\bsource \S*(local\/env|\.envrc|shellFile)\b/, '. .local/env, . ./.envrc'],
];

const skipped =
  /^(node_modules|\.git|\.local|\.aws-sam|coverage|dist|(tests\/mutation|bench\/node24)\/node_modules)(\/|$)/;

const files = readdirSync(root, { withFileTypes: true })
  .filter(({ name }) => !skipped.test(name))
  .flatMap((entry) =>
    entry.isDirectory()
      ? readdirSync(join(root, entry.name), { recursive: true, encoding: 'utf8' }).map((name) => join(entry.name, name))
      : [entry.name],
  )
  .filter((file) => !skipped.test(file) && file !== join('tests', 'unit', 'words.test.ts'))
  .filter((file) => /\.(ts|mjs|cjs|py|md|yaml|yml|toml|in|example)$|^\.ci\/run$/.test(file))
  .map((file) => ({ file, lines: readFileSync(join(root, file), 'utf8').split('\n') }));

test.each(retired)('no text has %s (write: %s)', (phrase) => {
  const found = files.flatMap(({ file, lines }) =>
    lines.flatMap((line, index) => (phrase.test(line) ? [`${file}:${index + 1} ${line.trim().slice(0, 120)}`] : [])),
  );
  expect(found).toStrictEqual([]);
});
