import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { localFolder } from '../paths';
import { processIdentity } from './process-identity';

/**
 * Makes this process the only `npm start` of the project folder.
 *
 * @returns a function that removes the lock
 * @throws an Error if another one runs. The lock of a dead process does not count, even if another process has its
 * number now.
 */
export const onlyStartHere = (folder = localFolder): (() => void) => {
  const file = join(folder, 'start.pid');
  mkdirSync(folder, { recursive: true });
  const holder = holderOf(file);
  if (holder !== undefined) {
    throw new Error(
      `npm start runs already in this folder (process ${holder}). ` +
        `Use that one, or end it first: Ctrl-C there, or kill ${holder}`,
    );
  }
  rmSync(file, { force: true });
  // `wx` fails if another start has created the file in the meantime.
  const lock = openSync(file, 'wx');
  writeSync(lock, `${process.pid}\n${processIdentity(process.pid) ?? ''}\n`);
  closeSync(lock);
  return () => rmSync(file, { force: true });
};

/** Id of the process that wrote the lock, if it still runs. An incomplete lock has none. */
const holderOf = (file: string): number | undefined => {
  const [pid = '', identity = ''] = linesOf(file);
  if (!/^[1-9]\d*$/.test(pid) || identity === '') return undefined;
  return processIdentity(Number(pid)) === identity ? Number(pid) : undefined;
};

const linesOf = (file: string): readonly string[] => {
  try {
    return readFileSync(file, 'utf8').split('\n');
  } catch {
    return [];
  }
};
