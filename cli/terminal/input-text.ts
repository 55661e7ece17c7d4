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
export const inputText = async (file: string): Promise<string> => utf8Text(inputName(file), await inputBytes(file));

/**
 * Reads a file, or standard input if the name is `-`.
 *
 * @throws a Problem if it cannot be read, or is empty
 */
export const inputBytes = (file: string): Promise<Buffer> =>
  file === '-' ? notEmpty(file, buffer(process.stdin)) : fileBytes(file);

/**
 * The bytes of a file, or of standard input if the name is `-`, as they are read. `orUnreadable` reports an error.
 *
 * @throws a Problem if there is no byte
 */
export async function* inputChunks(file: string): AsyncGenerator<Uint8Array> {
  const chunks = (file === '-' ? process.stdin : createReadStream(file)) as AsyncIterable<Uint8Array>;
  let isEmpty = true;
  for await (const chunk of chunks) {
    isEmpty = false;
    yield chunk;
  }
  if (isEmpty) throw emptyFile(file);
}

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
      throw new Problem('usage', `${inputName(file)} cannot be used: ${error.message}. Nothing was changed.`);
    if (isFileError(error)) throw unreadable(inputName(file), error);
    throw error;
  }
};

/** An error of the file system has the name of its call. An error of a connection has none of these. */
const isFileError = (error: unknown): boolean =>
  typeof error === 'object' &&
  error !== null &&
  'syscall' in error &&
  ['open', 'read', 'stat'].includes(String(error.syscall));

/** @throws a Problem if the file cannot be read, or is empty */
export const fileBytes = (file: string): Promise<Buffer> => notEmpty(file, readFile(file));

const notEmpty = async (file: string, reading: Promise<Buffer>): Promise<Buffer> => {
  const bytes = await reading.catch((error: unknown) => {
    throw unreadable(inputName(file), error);
  });
  if (bytes.byteLength === 0) throw emptyFile(file);
  return bytes;
};

const emptyFile = (file: string): Problem => new Problem('usage', `${inputName(file)} is empty. Nothing was changed.`);

/** What a message calls a file; `-` is standard input. */
export const inputName = (file: string): string => (file === '-' ? 'Standard input' : `The file ${file}`);

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
  return utf8Text(what, bytes);
};

const unreadable = (what: string, error: unknown, advice = ''): Problem => {
  const { code = 'unknown' } = error as NodeJS.ErrnoException;
  return new Problem('usage', `${what} ${reasons[code] ?? 'cannot be read'} (${code}).${advice}`);
};

/** What the codes of the operating system mean to the user who named a file. */
const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist',
  ENOTDIR: 'does not exist, because a part of its path is not a folder',
  EISDIR: 'is a folder, not a file',
  EACCES: 'cannot be read, because you lack the permission',
  EPERM: 'cannot be read, because you lack the permission',
  EBADF: 'is not open',
};

/**
 * Decodes the text of an input. A byte order mark at its start is removed.
 *
 * @param what name of the input
 * @throws a Problem if it is not UTF-8, because its text would be damaged
 */
export const utf8Text = (what: string, bytes: Uint8Array): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Problem('usage', `${what} is not UTF-8.`);
  }
};
