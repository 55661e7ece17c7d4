import type { Command } from 'commander';
import { maskAddresses } from '../shared/observability/masking';
import type { OnProgress } from '../shared/operations/dead-letters';
import { exitCodes } from './exit-codes';
import { maskedJson } from './masked-json';
import { openStack, type OpenStack } from './open-stack';
import { progressBar } from './progress-bar';

/** What a command needs of the run that it is part of. */
export type Session = Readonly<{
  stack: () => Promise<OpenStack>;
  /** Prints JSON for programs, or lines for people; addresses in neither. */
  print: (data: unknown, lines: readonly string[]) => void;
  /** Tells a person something about what is printed, which is no part of it. */
  note: (line: string) => void;
  onProgress: OnProgress;
  isInterrupted: () => boolean;
  /**
   * Sets the exit code of a command that has run to its end.
   *
   * @param matched how many of what it was asked to do something about; absent where none is as good an answer as any
   */
  finish: (matched?: number) => void;
  /** Takes the progress bar off the screen, before something else is written. */
  clear: () => void;
}>;

/** @param program the root command, with the options `--stack-name` and `--json` */
export const sessionOf = (program: Command): Session => {
  const globals = () => program.opts<Readonly<{ stackName: string; json?: true }>>();
  const bar = progressBar();
  let interrupted = false;
  process.on('SIGINT', () => {
    interrupted = true;
  });
  return {
    stack: () => openStack(globals().stackName),
    print: (data, lines) => {
      bar.clear();
      process.stdout.write(`${globals().json === true ? maskedJson(data) : maskAddresses(lines.join('\n'))}\n`);
    },
    note: (line) => {
      bar.clear();
      process.stderr.write(`${maskAddresses(line)}\n`);
    },
    onProgress: bar.show,
    isInterrupted: () => interrupted,
    finish: (matched) => {
      process.exitCode = interrupted ? exitCodes.interrupted : matched === 0 ? exitCodes.nothingMatched : exitCodes.ok;
    },
    clear: bar.clear,
  };
};
