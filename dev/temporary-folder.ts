import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const made = new Set<string>();

/**
 * Creates a folder in the temporary directory, and removes it when this process exits.
 *
 * Node.js does not run exit handlers when a signal ends the process. A program that creates such folders must handle
 * SIGINT, SIGTERM and SIGHUP.
 *
 * @param purpose part of the folder's name
 * @throws an Error that says what to do, if no folder can be created there
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

/** Removes a folder of `temporaryFolder` with its content. */
export const removeTemporaryFolder = (folder: string): void => {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  made.delete(folder);
};

/**
 * Removes all folders that are left. A test file that creates folders calls this at its end, because jest ends its
 * processes without exit handlers.
 */
export const removeTemporaryFolders = (): void => made.forEach(removeTemporaryFolder);

/** Calls `work` with a new folder, and removes the folder afterwards. */
export const inTemporaryFolder = async <A>(purpose: string, work: (folder: string) => Promise<A>): Promise<A> => {
  const folder = temporaryFolder(purpose);
  try {
    return await work(folder);
  } finally {
    removeTemporaryFolder(folder);
  }
};
