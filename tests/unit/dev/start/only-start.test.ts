import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onlyStartHere } from '../../../../dev/start/only-start';
import { processIdentity } from '../../../../dev/start/process-identity';
import { removeTemporaryFolders, temporaryFolder } from '../../../../dev/temporary-folder';

afterAll(removeTemporaryFolders);

const withLock = (text: string): string => {
  const folder = temporaryFolder('lock');
  writeFileSync(join(folder, 'start.pid'), text);
  return folder;
};

describe('the only npm start of a folder', () => {
  it('is refused while another one runs, and named', () => {
    const folder = temporaryFolder('lock');
    const leave = onlyStartHere(folder);
    expect(() => onlyStartHere(folder)).toThrow(`process ${process.pid}`);
    leave();
    expect(existsSync(join(folder, 'start.pid'))).toBe(false);
    onlyStartHere(folder)();
  });

  it.each([
    ['a process that has its number now, as in a container that was started again', `${process.pid}\nanother start\n`],
    ['the first process of this container', `1\nanother start\n`],
    ['a process that is gone', `999999999\n${processIdentity(process.pid)}\n`],
    ['an earlier version, which wrote only its number', String(process.pid)],
    ['a start that was killed while it wrote', ''],
  ])('is not %s', (_name, text) => {
    expect(() => onlyStartHere(withLock(text))()).not.toThrow();
  });
});
