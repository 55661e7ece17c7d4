import { open, unlink } from 'node:fs/promises';
import { StoreError } from '../../../shared/operations/store-error';
import { Problem } from '../../problems/problem';
import type { Session } from '../../session';
import type { SecretOptions } from './secret-options';

/** Secrets that `leadline` made, by what the provider calls them. The user must enter them there. */
export type MadeSecrets = Readonly<Record<string, string>>;

/**
 * Writes secrets into a new file, or prints them after the change. Without secrets it only makes the change.
 *
 * The file is written first, so that no secret becomes valid that the operator does not have. It is removed if nothing
 * was stored.
 *
 * @throws a Problem if the file exists, or cannot be written
 */
export const handOver = async <A>(
  session: Session,
  { secretFile }: SecretOptions,
  made: MadeSecrets,
  change: () => Promise<A>,
): Promise<A> => {
  if (Object.keys(made).length === 0) return change();
  if (secretFile === undefined) {
    const changed = await change();
    for (const [name, secret] of Object.entries(made)) session.reveal(`${name}: ${secret}`);
    return changed;
  }
  await writeNewFile(secretFile, `${JSON.stringify(made, null, 2)}\n`);
  try {
    return await change();
  } catch (error) {
    if (isUnwritten(error)) await unlink(secretFile).catch(() => undefined);
    else session.note(`The change may have been stored, so that ${secretFile} is kept. Run leadline sources list.`);
    throw error;
  }
};

/** Whether a change was refused. After any other failure, such as a timeout, it may have been stored. */
const isUnwritten = (error: unknown): boolean =>
  error instanceof Problem ||
  (error instanceof StoreError &&
    error.failure.kind === 'unavailable' &&
    error.failure.cause.startsWith('AccessDenied'));

const reasons: Readonly<Record<string, string>> = {
  EEXIST: 'exists already',
  ENOENT: 'cannot be written, because its folder does not exist',
  EACCES: 'cannot be written, because you lack the permission',
};

/** Only the user can read the file. An existing file is not replaced: others may read it, or it may be a link. */
const writeNewFile = async (name: string, text: string): Promise<void> => {
  try {
    const file = await open(name, 'wx', 0o600);
    try {
      await file.writeFile(text);
    } finally {
      await file.close();
    }
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    const why = reasons[code] ?? 'cannot be written';
    throw new Problem('usage', `The file ${name} ${why} (${code}). Give a new file. Nothing was written.`);
  }
};
