import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileBytes, inputBytes, inputChunks, inputText, orUnreadable } from '../../../../cli/terminal/input-text';

const folder = mkdtempSync(join(tmpdir(), 'input-'));
mkdirSync(join(folder, 'folder'));
writeFileSync(join(folder, 'empty'), '');
writeFileSync(join(folder, 'text'), 'text');
afterAll(() => rmSync(folder, { recursive: true }));

const chunked = async (file: string): Promise<void> => {
  const chunks = inputChunks(file);
  await orUnreadable(
    file,
    (async () => {
      for await (const chunk of chunks) expect(chunk.byteLength).toBeGreaterThan(0);
    })(),
  );
};

describe.each([
  ['as text', inputText],
  ['as bytes', inputBytes],
  ['as a file', fileBytes],
  ['in chunks', chunked],
])('a file that is read %s', (_how, read: (file: string) => Promise<unknown>) => {
  it.each([
    ['nowhere.json', 'does not exist (ENOENT)'],
    ['text/nowhere.json', 'does not exist, because a part of its path is not a folder (ENOTDIR)'],
    ['folder', 'is a folder, not a file (EISDIR)'],
    ['empty', 'is empty'],
  ])('is refused in words: %s', async (name, why) => {
    const file = join(folder, name);
    await expect(read(file)).rejects.toMatchObject({
      kind: 'usage',
      message: expect.stringContaining(`The file ${file} ${why}`) as string,
    });
  });

  it('is read if it has a byte', async () => {
    await expect(read(join(folder, 'text'))).resolves.not.toBeInstanceOf(Error);
  });
});

it('says that a permission is missing', async () => {
  const denied = Object.assign(new Error('open'), { code: 'EACCES', syscall: 'open' });
  await expect(orUnreadable('leads.csv', Promise.reject(denied))).rejects.toMatchObject({
    message: 'The file leads.csv cannot be read, because you lack the permission (EACCES).',
  });
});
