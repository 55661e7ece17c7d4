import type { Command } from 'commander';
import { thisMachine } from '../../../../cli/machine/machine-checks';
import type { OpenApi } from '../../../../cli/stack/open-api';
import type { OpenSources } from '../../../../cli/stack/open-sources';
import type { OpenStack } from '../../../../cli/stack/open-stack';
import type { Outcome, Session } from '../../../../cli/session';

/** What a command printed, noted and ended with. */
export type Ran = Readonly<{ printed: readonly unknown[]; lines: readonly string[]; notes: readonly string[] }> &
  Readonly<{ revealed: readonly string[]; outcome: Outcome | undefined; error: unknown }>;

/** Runs a command of `leadline` without a process: on a stack that the test makes, without a terminal. */
export const running =
  (
    stack: Partial<OpenStack>,
    commandOf: (session: Session) => Command,
    api: Partial<OpenApi> = {},
    sources: Partial<OpenSources> = {},
    more: Partial<Pick<Session, 'health' | 'machine' | 'reader'>> = {},
  ) =>
  async (...args: readonly string[]): Promise<Ran> => {
    const printed: unknown[] = [];
    const lines: string[] = [];
    const notes: string[] = [];
    const revealed: string[] = [];
    let outcome: Outcome | undefined;
    const interruption = new AbortController();
    const session: Session = {
      stack: () => Promise.resolve(stack as OpenStack),
      api: () => Promise.resolve(api as OpenApi),
      sources: () => Promise.resolve(sources as OpenSources),
      console: () => Promise.reject(new Error('The double has no console.')),
      overview: () => Promise.reject(new Error('The double has no overview.')),
      logs: () => Promise.reject(new Error('The double has no logs.')),
      emit: (data, text) => {
        printed.push(data);
        lines.push(...text);
      },
      width: () => Infinity,
      redraw: (data, text) => {
        printed.push(data);
        lines.push(...text);
      },
      health: () => {
        throw new Error('The double has no health.');
      },
      machine: thisMachine,
      reader: () => Promise.reject(new Error('The double has no reader.')),
      ...more,
      reveal: (text) => void revealed.push(text),
      isJson: () => false,
      print: (data, text) => {
        printed.push(data);
        lines.push(...text);
      },
      note: (line) => void notes.push(line),
      onProgress: () => undefined,
      isInterrupted: () => interruption.signal.aborted,
      interruption: interruption.signal,
      interrupt: () => interruption.abort(),
      finish: (ended = {}) => void (outcome = ended),
      clear: () => undefined,
    };
    const command = quiet(commandOf(session));
    const error: unknown = await command.parseAsync([...args], { from: 'user' }).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    return { printed, lines, notes, revealed, outcome, error };
  };

const quiet = (command: Command): Command => {
  command.exitOverride().configureOutput({ writeErr: () => undefined, writeOut: () => undefined });
  command.commands.forEach(quiet);
  return command;
};
