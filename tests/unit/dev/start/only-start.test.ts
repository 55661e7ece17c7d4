import { existsSync, readFileSync, writeFileSync } from 'node:fs';
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

describe('npm start in a folder', () => {
  it('is refused while another one runs, with the process of the other one', () => {
    const folder = temporaryFolder('lock');
    const leave = onlyStartHere(folder);
    expect(() => onlyStartHere(folder)).toThrow(`npm start runs already in this folder (process ${process.pid}).`);
    leave();
    expect(existsSync(join(folder, 'start.pid'))).toBe(false);
    onlyStartHere(folder)();
  });

  it.each([
    [
      'of a dead process whose number another process has, as after a restart of a container',
      `${process.pid}\nanother start\n`,
    ],
    ['of process 1, which another program has now', `1\nanother start\n`],
    ['of a process that has ended', `999999999\n${processIdentity(process.pid)}\n`],
    ['of an earlier version, which wrote only its number', String(process.pid)],
    ['of a start that was killed while it wrote the lock', ''],
  ])('replaces the lock %s', (_name, text) => {
    const folder = withLock(text);
    const leave = onlyStartHere(folder);
    expect(readFileSync(join(folder, 'start.pid'), 'utf8')).toBe(
      `${process.pid}\n${processIdentity(process.pid) ?? 'unknown'}\n`,
    );
    leave();
    expect(existsSync(join(folder, 'start.pid'))).toBe(false);
  });
});
