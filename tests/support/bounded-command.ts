import { setMaxListeners } from 'node:events';
import { forgetAwsSettings } from '../../dev/start/environment';

type BoundedCommand<Options> = Readonly<{
  usage: string;
  /** Throws an Error that names a wrong option. */
  readOptions: (args: readonly string[]) => Options | 'help';
  /** Returns the exit code. It rejects soon after the signal. */
  run: (options: Options, signal: AbortSignal) => Promise<number>;
  /** Called if the command fails with an error. The error is printed before. */
  onError?: () => void;
}>;

/**
 * Runs a command that works against a cloud, and ends the process: with the code of the command, 2 after wrong
 * arguments, or 130 after a signal. A command that hangs is aborted after `options.minutes`.
 */
export const runBounded = <Options extends Readonly<{ minutes: number }>>(command: BoundedCommand<Options>): void => {
  main(command).then(
    // The exit does not wait for timers or open connections that are left.
    (code) => process.exit(code),
    (error: unknown) => {
      console.error(error instanceof Error ? error.message : error);
      command.onError?.();
      process.exit(1);
    },
  );
};

const main = async <Options extends Readonly<{ minutes: number }>>(
  command: BoundedCommand<Options>,
): Promise<number> => {
  const options = optionsOrCode(command);
  if (typeof options === 'number') return options;
  forgetAwsSettings();
  const stopping = new AbortController();
  // Each request that is under way, and each wait, listens to it.
  setMaxListeners(0, stopping.signal);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => stopping.abort('interrupted'));
  const bound = setTimeout(() => stopping.abort('too late'), options.minutes * 60_000);
  try {
    return await command.run(options, stopping.signal);
  } catch (error) {
    if (stopping.signal.reason === 'interrupted') return 130;
    if (stopping.signal.reason !== 'too late') throw error;
    throw new Error(`Not done after ${options.minutes} minutes: given up.`, { cause: error });
  } finally {
    clearTimeout(bound);
  }
};

const optionsOrCode = <Options>({ usage, readOptions }: BoundedCommand<Options>): Options | number => {
  try {
    const options = readOptions(process.argv.slice(2));
    if (options !== 'help') return options;
    console.log(usage);
    return 0;
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
    return 2;
  }
};
