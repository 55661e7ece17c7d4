import { Problem } from '../../problems/problem';
import type { Session } from '../../session';
import { askSecret } from '../../terminal/ask-secret';
import { descriptorText } from '../../terminal/input-text';
import type { SecretOptions } from './secret-options';

/**
 * Reads a secret from a file descriptor, from standard input, or from the terminal. A line end after it is not part of it.
 *
 * @param name what the provider calls the secret
 * @throws a Problem if there is none
 */
export const givenSecret = async (
  { interruption }: Session,
  { secretFd, secretStdin }: SecretOptions,
  name: string,
): Promise<string> => {
  const secret = await readSecret(secretStdin === true ? 0 : secretFd, name, interruption);
  if (secret === '') throw new Problem('usage', 'The secret is empty. Nothing was written.');
  if (/[\r\n]/.test(secret)) throw new Problem('usage', 'The secret has several lines. Nothing was written.');
  return secret;
};

const readSecret = async (from: number | undefined, name: string, interruption: AbortSignal): Promise<string> => {
  if (from !== undefined) return (await descriptorText(from)).replace(/\r?\n$/, '');
  if (!process.stdin.isTTY)
    throw new Problem(
      'nobody-to-ask',
      `This command asks for the ${name}, but its standard input is not a terminal. ` +
        'Add --secret-fd, --secret-stdin or --generate.',
    );
  return askSecret(`The ${name}: `, interruption);
};
