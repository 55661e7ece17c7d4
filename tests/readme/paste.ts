import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { root } from '../../dev/paths';

export type Pasted = Readonly<{ output: string; errors: string; failed: readonly string[] }>;

/** One shell, into which blocks are pasted one after the other. */
export type Shell = Readonly<{
  /** @throws an Error if the block has not ended in time, or the shell has ended */
  paste: (commands: string, seconds: number) => Promise<Pasted>;
  /** Ends the shell and what it has started. */
  end: () => void;
}>;

export const openShell = (environment: NodeJS.ProcessEnv): Shell => {
  // In a group of its own, so that what it runs can be ended with it.
  const bash = spawn('bash', ['--noprofile', '--norc'], { cwd: root, env: environment, detached: true });
  let output = '';
  let errors = '';
  let look = (): void => undefined;
  const ended = new Promise<never>((_, reject) => bash.once('close', () => reject(new Error('The shell has ended.'))));
  ended.catch(() => undefined);
  bash.stdin.on('error', () => undefined);
  bash.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
    look();
  });
  bash.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  const failure = `failure-${randomUUID()}`;
  // Each command that fails is heard of, and not only the last one of a block. Conditions of loops do not count.
  bash.stdin.write(`trap 'printf "%s %s: %s\\n" ${failure} "$?" "$BASH_COMMAND" >&2' ERR\n`);

  const paste = async (commands: string, seconds: number): Promise<Pasted> => {
    const mark = `pasted-${randomUUID()}`;
    output = '';
    errors = '';
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(
        () => reject(new Error(`Not done after ${seconds} s:\n${output}\n${errors}`)),
        seconds * 1_000,
      );
    });
    const done = new Promise<void>((resolve) => {
      look = () => {
        if (output.includes(mark)) resolve();
      };
    });
    bash.stdin.write(`${commands}\nprintf '%s\\n' ${failure}-end >&2; printf '%s\\n' ${mark}\n`);
    try {
      await Promise.race([done, late, ended]);
      // The two channels are not in step.
      while (!errors.includes(`${failure}-end`)) await new Promise((resolve) => setTimeout(resolve, 5));
    } finally {
      clearTimeout(timer);
    }
    const lines = errors.split('\n').filter((line) => line !== `${failure}-end`);
    return {
      output: output.slice(0, output.indexOf(mark)),
      errors: lines.filter((line) => !line.startsWith(failure)).join('\n'),
      failed: lines.filter((line) => line.startsWith(failure)).map((line) => line.slice(failure.length + 1)),
    };
  };

  const end = (): void => {
    try {
      if (bash.pid !== undefined) process.kill(-bash.pid, 'SIGKILL');
    } catch {
      // It has ended already.
    }
  };
  return { paste, end };
};
