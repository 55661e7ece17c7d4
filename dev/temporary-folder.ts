import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const made = new Set<string>();

/**
 * Makes a folder in the temporary directory. It is removed when this process exits, if not before.
 *
 * A signal that nobody handles is no exit: a program that makes such folders handles SIGINT, SIGTERM and SIGHUP.
 *
 * @param purpose what it is for; part of its name
 * @throws an Error that says what to do where the temporary directory takes no folder
 */
export const temporaryFolder = (purpose: string): string => {
  try {
    const folder = mkdtempSync(join(tmpdir(), `leadline-${purpose}-`));
    if (!process.listeners('exit').includes(removeTemporaryFolders)) process.on('exit', removeTemporaryFolders);
    made.add(folder);
    return folder;
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    throw new Error(`No folder can be made in ${tmpdir()} (${code}): set TMPDIR to a folder that takes files.`, {
      cause: error,
    });
  }
};

/** Removes a folder that `temporaryFolder` made, with all that is in it. */
export const removeTemporaryFolder = (folder: string): void => {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  made.delete(folder);
};

/** Removes all that are left. Jest ends the processes of tests without an exit: a test file that makes such folders calls this at its end. */
export const removeTemporaryFolders = (): void => made.forEach(removeTemporaryFolder);

/** Does something with a folder that is there only meanwhile. */
export const inTemporaryFolder = async <A>(purpose: string, work: (folder: string) => Promise<A>): Promise<A> => {
  const folder = temporaryFolder(purpose);
  try {
    return await work(folder);
  } finally {
    removeTemporaryFolder(folder);
  }
};
