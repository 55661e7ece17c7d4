import type { Command } from 'commander';
import type { ConsolePorts } from '../console/server/ports';
import { maskAddresses } from '../shared/codecs/mask-addresses';
import { maskSecrets, withoutSecrets } from '../shared/codecs/mask-secrets';
import type { OverviewPorts } from '../shared/operations/overview/overview-ports';
import type { OnProgress } from '../shared/operations/progress';
import type { ReadLog } from '../shared/operations/tail/tail-log';
import { type Machine, thisMachine } from './machine/machine-checks';
import { openConsole } from './stack/open-console';
import { type Health, openHealth } from './stack/open-health';
import { openApi, type OpenApi } from './stack/open-api';
import { openReader, type OpenReader } from './stack/open-reader';
import { openSources, type OpenSources } from './stack/open-sources';
import { openStack, type OpenStack } from './stack/open-stack';
import { readLogsOf } from './stack/read-logs';
import { readSendersOf } from './stack/read-senders';
import { outputsOf } from './stack/stack-outputs';
import { exitCodes } from './terminal/exit-codes';
import { interruptions, orInterrupted } from './terminal/interruptions';
import { maskedJson, maskedJsonLine } from './terminal/masked-json';
import { printable } from './terminal/printable';
import { type Progress, progressBar } from './terminal/progress-bar';
import { redrawing } from './terminal/redrawing';
import { type OutputOptions, showOutput, withColours } from './terminal/show-output';
import { terminalSize } from './terminal/terminal-size';

export type Outcome = Readonly<{
  /** Nothing matched the arguments, or one of the ids did not match. */
  nothingMatched?: boolean;
  /** Something was left unchanged, without an error. */
  leftAlone?: boolean;
  /** What the user gave is invalid, and the command has printed how. */
  invalidInput?: boolean;
}>;

/** One run of `leadline`, as its command uses it. */
export type Session = Readonly<{
  stack: () => Promise<OpenStack>;
  /** @param url of the API, instead of the one of the stack */
  api: (url?: string) => Promise<OpenApi>;
  sources: () => Promise<OpenSources>;
  /** What the console asks of the stack. */
  console: () => Promise<ConsolePorts>;
  /** What the overview reads of the stack. */
  overview: () => Promise<OverviewPorts>;
  /** Reads the logs of the stack's functions. */
  logs: () => Promise<ReadLog>;
  /** What `doctor` asks of AWS and of this machine. */
  health: () => Health;
  /** The user that may read leads, and its access keys. */
  reader: () => Promise<OpenReader>;
  machine: Machine;
  /** Prints the result on standard output: JSON for programs, or lines for people. Masks addresses and secrets. */
  print: (data: unknown, lines: readonly string[]) => void;
  /** Prints one of many results: one line of JSON for programs, or lines for people. Masks as `print` does. */
  emit: (data: unknown, lines: readonly string[]) => void;
  /** How many characters a line of standard output may have. `Infinity`: it is no terminal. */
  width: () => number;
  /** Prints as `emit` does. On a terminal, the lines replace those of the call before. */
  redraw: (data: unknown, lines: readonly string[]) => void;
  /**
   * Prints a secret that the user must enter elsewhere. It is the only output that is not masked.
   *
   * @param data the same for programs, printed with `--json`
   */
  reveal: (text: string, data?: Readonly<Record<string, string>>) => void;
  /** Whether the output is JSON for programs. */
  isJson: () => boolean;
  /** Prints a line about the result on standard error. Masks addresses. */
  note: (line: string) => void;
  onProgress: OnProgress;
  isInterrupted: () => boolean;
  /** Aborts when the command is interrupted, to end waits and questions. */
  interruption: AbortSignal;
  interrupt: () => void;
  /** Sets the exit code of a command that has run to its end. */
  finish: (outcome?: Outcome) => void;
  /** Removes the progress bar, before other output is written. */
  clear: () => void;
}>;

/** @param program the root command, with the options `--stack-name` and `--json` */
export const sessionOf = (program: Command): Session => {
  const globals = () => program.opts<GlobalOptions>();
  const bar = progressBar(() => globals().json === true);
  const interruption = new AbortController();
  const interrupt = () => interruption.abort();
  const onSignal = interruptions({ interrupt, end: () => process.exit(exitCodes.interrupted), now: Date.now });
  const drawn = redrawing(process.stdout);
  const isJson = () => globals().json === true;
  const forPeople = (line: string) => withColours(lineText(line), globals());
  const emit: Session['emit'] = (data, lines) => {
    bar.clear();
    const text = isJson() ? maskedJsonLine(withoutSecrets(data)) : lines.map(forPeople).join('\n');
    if (text !== '') process.stdout.write(`${text}\n`);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
  return {
    ...opening(globals, interruption.signal, bar.during),
    health: () => openHealth(globals().stackName),
    reader: () => openReader(globals().stackName),
    machine: thisMachine,
    print: (data, lines) => {
      bar.clear();
      const options = globals();
      const text = isJson() ? jsonText(data) : lines.map(forPeople).join('\n');
      if (text !== '') showOutput(`${text}\n`, options);
    },
    emit,
    // A character in the last column can make a terminal wrap.
    width: () => (process.stdout.isTTY ? terminalSize(process.stdout).columns - 1 : Infinity),
    redraw: (data, lines) => {
      bar.clear();
      if (isJson() || drawn === undefined) emit(data, lines);
      else drawn(lines.map(lineText));
    },
    reveal: (text, data) => {
      bar.clear();
      const shown = data !== undefined && isJson() ? JSON.stringify(data) : text;
      process.stdout.write(`${shown}\n`);
    },
    isJson,
    note: (line) => {
      bar.clear();
      process.stderr.write(`${maskAddresses(printable(line))}\n`);
    },
    onProgress: bar.show,
    isInterrupted: () => interruption.signal.aborted,
    interruption: interruption.signal,
    interrupt,
    finish: (outcome = {}) => {
      process.exitCode = exitCodeOf(outcome, interruption.signal.aborted);
    },
    clear: bar.clear,
  };
};

type GlobalOptions = OutputOptions & Readonly<{ stackName: string }>;

/** Read-only calls end at once when the command is interrupted, because nothing has to be finished or released. */
const opening = (
  globals: () => GlobalOptions,
  signal: AbortSignal,
  during: Progress['during'],
): Pick<Session, 'stack' | 'api' | 'sources' | 'console' | 'overview' | 'logs'> => {
  const orEnd = orInterrupted(signal);
  const reading = <A>(work: Promise<A>): Promise<A> => during(orEnd(work));
  return {
    stack: async () => {
      const stack = await reading(openStack(globals().stackName));
      return {
        ...stack,
        scan: (filter) => reading(stack.scan(filter)),
        scanPages: (filter) => eachRead(stack.scanPages(filter), reading),
        history: (leadId) => reading(stack.history(leadId)),
      };
    },
    sources: async () => {
      const sources = await reading(openSources(globals().stackName));
      return { ...sources, send: (request, to) => during(sources.send(request, to)) };
    },
    console: () => reading(openConsole(globals().stackName)),
    overview: async () => {
      const { stackName } = globals();
      return (await reading(openStack(stackName))).overview(readSendersOf(stackName));
    },
    logs: async () => {
      const { stackName } = globals();
      // A stack that does not exist has no log, which would look like one without lines.
      await reading(outputsOf(stackName));
      return readLogsOf(stackName);
    },
    api: async (url) => {
      const api = await reading(openApi(globals().stackName, url));
      return {
        ...api,
        get: (path, query) => reading(api.get(path, query)),
        // A lead that is being sent may have arrived, so that an interruption waits for the answer.
        send: (request, to) => during(api.send(request, to)),
      };
    },
  };
};

async function* eachRead<A>(pages: AsyncGenerator<A>, reading: <B>(work: Promise<B>) => Promise<B>): AsyncGenerator<A> {
  for (;;) {
    const next = await reading(pages.next());
    if (next.done === true) return;
    yield next.value;
  }
}

const jsonText = (data: unknown): string => maskedJson(withoutSecrets(data));

const lineText = (line: string): string => maskAddresses(maskSecrets(printable(line)));

const exitCodeOf = (
  { nothingMatched = false, leftAlone = false, invalidInput = false }: Outcome,
  isInterrupted: boolean,
): number => {
  if (isInterrupted) return exitCodes.interrupted;
  if (invalidInput) return exitCodes.usage;
  if (leftAlone) return exitCodes.failed;
  return nothingMatched ? exitCodes.nothingMatched : exitCodes.ok;
};
