import { spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { localFolder } from './paths';

/**
 * Makes this process the only `npm start` of the project folder.
 *
 * @returns what gives the place up again
 * @throws an Error if one runs already; a lock that a dead process left does not count
 */
export const onlyStartHere = (): (() => void) => {
  const file = join(localFolder, 'start.pid');
  mkdirSync(localFolder, { recursive: true });
  const holder = holderOf(file);
  if (holder !== undefined) {
    throw new Error(
      `npm start runs already in this folder (process ${holder}). Use that one, or end it first: Ctrl-C there, or kill ${holder}`,
    );
  }
  rmSync(file, { force: true });
  // `wx` fails if another start made it in between.
  const lock = openSync(file, 'wx');
  writeSync(lock, String(process.pid));
  closeSync(lock);
  return () => rmSync(file, { force: true });
};

const holderOf = (file: string): number | undefined => {
  const pid = readPid(file);
  return pid !== undefined && isAlive(pid) && isStart(pid) ? pid : undefined;
};

/** A lock that was left half-written names nobody. */
const readPid = (file: string): number | undefined => {
  try {
    const text = readFileSync(file, 'utf8');
    return /^[1-9]\d*$/.test(text) ? Number(text) : undefined;
  } catch {
    return undefined;
  }
};

/** After a restart of the machine the number may be a stranger's. Where nobody can say what a process is, it is taken for a start. */
const isStart = (pid: number): boolean => {
  const { status, stdout } = spawnSync('ps', ['-p', String(pid), '-o', 'args='], { encoding: 'utf8' });
  return status !== 0 || stdout.includes(join('local', 'start.ts'));
};

/** Signal 0 only asks: EPERM is the answer for a process of another user. */
const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
};
