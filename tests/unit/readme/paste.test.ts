import { blocksUnder } from '../../readme/blocks';
import { openShell } from '../../readme/paste';
import { shapeOf } from '../../readme/shape';

const page = [
  '# A',
  '## First',
  '```bash',
  'one',
  '```',
  '',
  '```text',
  'uno',
  '```',
  '```bash',
  'two',
  '```',
  '## Other',
];

describe('blocks of a page', () => {
  it('are those under one heading, each with its answer', () => {
    const blocks = blocksUnder([...page, '```bash', 'three', '```'].join('\n'), 'First');
    expect(blocks).toStrictEqual([
      { line: 3, commands: 'one', answer: 'uno' },
      { line: 10, commands: 'two' },
    ]);
  });

  it('are refused where nobody can paste them', () => {
    expect(() => blocksUnder('## First\n```console\n$ one\n```', 'First')).toThrow('line 2');
    expect(() => blocksUnder(page.join('\n'), 'Missing')).toThrow('Missing');
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
