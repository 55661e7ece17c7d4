import { type Command, InvalidArgumentError } from 'commander';
import { exitCodes } from '../../terminal/exit-codes';

/** Where a new secret comes from, and where a made one goes. No option has the secret itself: other users see options. */
export type SecretOptions = Readonly<{
  secretFd?: number;
  secretStdin?: true;
  generate?: true;
  secretFile?: string;
  showSecret?: true;
}>;

const descriptor = (text: string): number => {
  if (!/^\d{1,4}$/.test(text)) throw new InvalidArgumentError('Give the number of an open file descriptor, such as 3.');
  return Number(text);
};

export const withSecretOptions = (command: Command): Command =>
  command
    .option('--secret-fd <n>', 'read the secret from this file descriptor', descriptor)
    .option('--secret-stdin', 'read the secret from standard input')
    .option('--generate', 'make a secret of 32 random bytes, in the encoding of the scheme')
    .option('--secret-file <file>', 'write what was made into a new file that only you can read, as JSON')
    .option('--show-secret', 'print what was made, even if standard output is not a terminal');

/** A paragraph of the manual of a command that takes a secret. */
export const secretDetails: readonly string[] = [
  'A secret is read from the terminal (not shown), from a file descriptor or from standard input. Without these ' +
    'options, leadline asks for a secret that the provider makes, and makes one that you enter at the provider. A ' +
    'secret that was made is printed once, on standard output, and only if that is a terminal or --show-secret is ' +
    'given. With --secret-file it is written into the file instead.',
];

/** Refuses more than one place that a secret may come from. */
export const refuseSeveral = ({ secretFd, secretStdin, generate }: SecretOptions, command: Command): void => {
  if ([secretFd, secretStdin, generate].filter((option) => option !== undefined).length > 1)
    refuse(command, 'give only one of --secret-fd, --secret-stdin and --generate');
};

/** @returns whether the secret has to be made. `isMadeHere`: whether it is, if no option says so */
export const isGenerated = (options: SecretOptions, isMadeHere: boolean, command: Command): boolean => {
  const { secretFd, secretStdin, generate } = options;
  const given = [secretFd, secretStdin, generate].filter((option) => option !== undefined);
  refuseSeveral(options, command);
  return generate === true || (given.length === 0 && isMadeHere);
};

/** Refuses to make a secret that is not shown: the operator could not enter it at the provider. */
export const refuseToHide = ({ secretFile, showSecret }: SecretOptions, command: Command): void => {
  if (secretFile !== undefined) return;
  const isJson = command.optsWithGlobals<Readonly<{ json?: true }>>().json === true;
  if (isJson)
    refuse(command, 'with --json, a new secret is not printed: give --secret-file, --secret-fd or --secret-stdin');
  if (showSecret !== true && !process.stdout.isTTY)
    refuse(
      command,
      'a new secret would be lost, because standard output is not a terminal: add --secret-file or --show-secret',
    );
};

const refuse = (command: Command, why: string): never => command.error(`error: ${why}`, { exitCode: exitCodes.usage });
