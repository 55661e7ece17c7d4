import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { UnreadableFile } from '../../shared/operations/rows/row';
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

/**
 * The bytes of a file, or of standard input if the name is `-`, as they are read. `orUnreadable` reports an error.
 */
export const inputChunks = (file: string): AsyncIterable<Uint8Array> =>
  (file === '-' ? process.stdin : createReadStream(file)) as AsyncIterable<Uint8Array>;

/**
 * Runs work on the chunks of a file.
 *
 * @throws a Problem if the file cannot be read, or if its rows cannot
 */
export const orUnreadable = async <A>(file: string, work: Promise<A>): Promise<A> => {
  try {
    return await work;
  } catch (error) {
    if (error instanceof UnreadableFile)
      throw new Problem('usage', `The file ${file} cannot be used: ${error.message}. Nothing was changed.`);
    if (isFileError(error)) throw unreadable(`The file ${file}`, error);
    throw error;
  }
};

/** An error of the file system has the name of its call. An error of a connection has none of these. */
const isFileError = (error: unknown): boolean =>
  typeof error === 'object' &&
  error !== null &&
  'syscall' in error &&
  ['open', 'read', 'stat'].includes(String(error.syscall));

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
