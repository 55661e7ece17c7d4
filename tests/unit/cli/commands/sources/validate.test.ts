import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closeAll, sourcesOn, stored } from './sources-double';

const folder = mkdtempSync(join(tmpdir(), 'leadline-validate-'));
afterEach(closeAll);
afterAll(() => rmSync(folder, { recursive: true }));

const file = (text: string | Buffer): string => {
  const path = join(folder, 'sources.json');
  writeFileSync(path, text);
  return path;
};

describe('leadline sources validate', () => {
  it('lists each problem of a file by its path, without values, as invalid input', async () => {
    const { run, calls } = await sourcesOn(stored);
    const ran = await run('validate', file(JSON.stringify(stored)));
    expect(ran.printed[0]).toMatchObject({ valid: 2 });
    expect(ran.lines.join('\n')).toMatch(/broken\.auth\.scheme must be/);
    expect(ran.lines.join('\n')).toMatch(/text must be/);
    expect(JSON.stringify(ran)).not.toMatch(/money-talks|kept-as-it-is|not-an-object/);
    expect(ran.outcome).toStrictEqual({ invalidInput: true });
    expect(calls).toStrictEqual([]);
  });

  it('accepts a file without problems', async () => {
    const { run } = await sourcesOn(undefined);
    const { billing, hubspot } = stored;
    const ran = await run('validate', file(JSON.stringify({ billing, hubspot })));
    expect(ran.printed).toStrictEqual([{ valid: 2, problems: [] }]);
    expect(ran.outcome).toStrictEqual({ invalidInput: false });
  });

  it('reads the stored sources without a file', async () => {
    const { run } = await sourcesOn(stored);
    expect((await run('validate')).outcome).toStrictEqual({ leftAlone: true });
  });

  it.each([
    ['{"a":', /The file .* is not JSON: it ends too early/],
    ['[]', /The file .* has JSON that is not an object\. Give one JSON object/],
    [Buffer.from([0xff]), /not UTF-8/],
  ])('refuses a file with %j', async (text, message) => {
    const { run } = await sourcesOn(stored);
    expect((await run('validate', file(text))).error).toMatchObject({
      kind: 'usage',
      message: expect.stringMatching(message) as string,
    });
  });

  it('names a file that cannot be read', async () => {
    const { run } = await sourcesOn(stored);
    expect((await run('validate', join(folder, 'nowhere'))).error).toMatchObject({
      kind: 'usage',
      message: expect.stringContaining('ENOENT') as string,
    });
  });
});
