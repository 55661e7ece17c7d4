import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../../dev/paths';
import { blocksUnder, headingsOf, type Page } from '../../readme/blocks';
import { openShell } from '../../readme/paste';
import { shapeOf } from '../../readme/shape';
import { startCommand, tiers } from '../../readme/tiers';

const pageOf = (...lines: readonly string[]): Page => ({ file: 'page.md', text: lines.join('\n') });

const page = pageOf(
  ...['# A', '## First', '### Inner', '```bash', 'one', '```', '', '```text', 'uno', '```'],
  ...['```bash', '## two', '```', '## Other', '```bash', 'three', '```'],
);

describe('blocks of a page', () => {
  it('are those under one heading, each with its answer', () => {
    expect(headingsOf(page)).toStrictEqual(['First', 'Other']);
    expect(blocksUnder(page, 'First')).toStrictEqual([
      { line: 4, commands: 'one', answer: 'uno' },
      { line: 11, commands: '## two' },
    ]);
    expect(blocksUnder(page, 'Other')).toStrictEqual([{ line: 15, commands: 'three' }]);
  });

  it('are refused if they cannot be pasted', () => {
    expect(() => blocksUnder(pageOf('## First', '```console', '$ one', '```'), 'First')).toThrow(
      'page.md: the console',
    );
    expect(() => blocksUnder(pageOf('## First', '```bash', 'one'), 'First')).toThrow('line 2 has no end');
    expect(() => blocksUnder(page, 'Missing')).toThrow('page.md has no heading "Missing"');
  });
});

describe('the pages', () => {
  const read = (file: string): Page => ({ file, text: readFileSync(join(root, file), 'utf8') });
  const pasted = Object.values(tiers).flatMap(({ pages }) => pages.map(({ file, headings }) => ({ file, headings })));

  it.each([...new Set(pasted.map(({ file }) => file))])('%s has no block that is not pasted', (file) => {
    const tested = pasted.filter((one) => one.file === file).flatMap(({ headings }): readonly string[] => headings);
    const withBlocks = headingsOf(read(file)).filter((heading) => blocksUnder(read(file), heading).length > 0);
    expect(withBlocks).toStrictEqual(tested);
  });

  it.each(['README.md', 'docs/walkthrough.md'])('%s begins with the command that starts the embedded cloud', (file) => {
    const [heading = ''] = headingsOf(read(file)).filter((one) => blocksUnder(read(file), one).length > 0);
    expect(blocksUnder(read(file), heading)[0]?.commands).toBe(startCommand);
  });

  it('include a README of at most 160 lines, each of at most 120 columns', () => {
    const lines = read('README.md').text.trimEnd().split('\n');
    expect(lines.length).toBeLessThanOrEqual(160);
    expect(lines.filter((line) => line.length > 120)).toStrictEqual([]);
  });
});

describe('shape of an answer', () => {
  const shape = shapeOf('{"state":"NOTIFIED","event_id":"2a648e18…","at":"2026-11-24T13:23:39.836Z",…}');
  const answer = '{"state":"NOTIFIED","event_id":"00ff","at":"2027-01-02T03:04:05.006Z","more":[1]}';

  it('allows other ids and dates, and anything where the page leaves something out', () => {
    expect(answer).toMatch(shape);
  });

  it('allows nothing else', () => {
    expect(answer.replace('NOTIFIED', 'RECEIVED')).not.toMatch(shape);
    expect(answer.replace('2027-01-02', 'yesterday')).not.toMatch(shape);
    expect(`${answer} and more`).not.toMatch(shape);
  });
});

describe('a shell', () => {
  it('keeps variables between blocks, and names each command that fails, also in the middle', async () => {
    const shell = openShell(process.env);
    try {
      expect(await shell.paste('name=Alice', 10)).toMatchObject({ output: '', failed: [] });
      const { output, failed } = await shell.paste(
        'echo "$name"\nfalse\nuntil false || true; do :; done\necho end',
        10,
      );
      expect(output).toBe('Alice\nend\n');
      expect(failed).toStrictEqual(['1: false']);
      await expect(shell.paste('sleep 60', 0.2)).rejects.toThrow('Not done');
    } finally {
      shell.end();
    }
  });
});
