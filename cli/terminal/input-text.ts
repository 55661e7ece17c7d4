import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { Problem } from '../problems/problem';

/**
 * Reads a file of UTF-8 text, or standard input if the name is `-`.
 *
 * @throws a Problem if it cannot be read, or is not UTF-8
 */
export const inputText = async (file: string): Promise<string> => utf8(file, await inputBytes(file));

/**
 * Reads a file, or standard input if the name is `-`.
 *
 * @throws a Problem if it cannot be read
 */
export const inputBytes = (file: string): Promise<Buffer> =>
  file === '-'
    ? buffer(process.stdin).catch((error: unknown) => {
        throw unreadable(`The file ${file}`, error);
      })
    : fileBytes(file);

/** @throws a Problem if the file cannot be read */
export const fileBytes = (file: string): Promise<Buffer> =>
  readFile(file).catch((error: unknown) => {
    throw unreadable(`The file ${file}`, error);
  });

/**
 * Reads all text of a file descriptor that the parent process has opened.
 *
 * @throws a Problem if it is not open, or is not UTF-8
 */
export const descriptorText = async (descriptor: number): Promise<string> => {
  const what = `The file descriptor ${descriptor}`;
  const bytes = await buffer(descriptor === 0 ? process.stdin : createReadStream('', { fd: descriptor })).catch(
    (error: unknown) => {
      throw unreadable(what, error, descriptor === 0 ? '' : ' Use --secret-stdin instead.');
    },
  );
  return utf8(what, bytes);
};

const unreadable = (what: string, error: unknown, advice = ''): Problem => {
  const { code = 'unknown' } = error as NodeJS.ErrnoException;
  return new Problem('usage', `${what} cannot be read: ${code}.${advice}`);
};

const utf8 = (what: string, bytes: Uint8Array): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Problem('usage', `${what} is not UTF-8.`);
  }
};
