import type { Command } from 'commander';
import { maskSecrets, withoutSecrets } from '../shared/codecs/mask-secrets';
import { maskAddresses } from '../shared/codecs/mask-addresses';
import type { OnProgress } from '../shared/operations/dead-letters';
import { exitCodes } from './terminal/exit-codes';
import { maskedJson } from './terminal/masked-json';
import { openApi, type OpenApi } from './stack/open-api';
import { openStack, type OpenStack } from './stack/open-stack';
import { interruptions, orInterrupted } from './terminal/interruptions';
import { printable } from './terminal/printable';
import { progressBar } from './terminal/progress-bar';

export type Outcome = Readonly<{
  /** Something that it was asked to do something about is not there. */
  nothingMatched?: boolean;
  /** Something was left undone, without an error. */
  leftAlone?: boolean;
}>;

/** What a command needs of the run that it is part of. */
export type Session = Readonly<{
  stack: () => Promise<OpenStack>;
  /** The stack's API, for those who send or ask over HTTP. */
  api: (url?: string) => Promise<OpenApi>;
  /** Prints JSON for programs, or lines for people; addresses and secrets in neither. */
  print: (data: unknown, lines: readonly string[]) => void;
  /** Tells a person something about what is printed, which is no part of it. */
  note: (line: string) => void;
  onProgress: OnProgress;
  isInterrupted: () => boolean;
  /** Ends what waits, such as a question, when the command is interrupted. */
  interruption: AbortSignal;
  interrupt: () => void;
  /** Sets the exit code of a command that has run to its end. */
  finish: (outcome?: Outcome) => void;
  /** Takes the progress bar off the screen, before something else is written. */
  clear: () => void;
}>;

/** @param program the root command, with the options `--stack-name` and `--json` */
export const sessionOf = (program: Command): Session => {
  const globals = () => program.opts<Readonly<{ stackName: string; json?: true }>>();
  const bar = progressBar();
  const interruption = new AbortController();
  const interrupt = () => interruption.abort();
  const onSignal = interruptions({ interrupt, end: () => process.exit(exitCodes.interrupted), now: Date.now });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
  const reading = orInterrupted(interruption.signal);
  return {
    stack: async () => {
      const stack = await reading(openStack(globals().stackName));
      // They change nothing, so that nothing has to be finished.
      return {
        ...stack,
        scan: (filter) => reading(stack.scan(filter)),
        history: (leadId) => reading(stack.history(leadId)),
      };
    },
    api: (url) => reading(openApi(globals().stackName, url)),
    print: (data, lines) => {
      bar.clear();
      const text =
        globals().json === true
          ? maskedJson(withoutSecrets(data))
          : lines.map((line) => maskAddresses(maskSecrets(printable(line)))).join('\n');
      if (text !== '') process.stdout.write(`${text}\n`);
    },
    note: (line) => {
      bar.clear();
      process.stderr.write(`${maskAddresses(printable(line))}\n`);
    },
    onProgress: bar.show,
    isInterrupted: () => interruption.signal.aborted,
    interruption: interruption.signal,
    interrupt,
    finish: ({ nothingMatched = false, leftAlone = false } = {}) => {
      if (interruption.signal.aborted) process.exitCode = exitCodes.interrupted;
      else if (leftAlone) process.exitCode = exitCodes.failed;
      else process.exitCode = nothingMatched ? exitCodes.nothingMatched : exitCodes.ok;
    },
    clear: bar.clear,
  };
};
