import { spawn } from 'node:child_process';

export type Command = Readonly<{
  program: string;
  args: readonly string[];
  cwd?: string;
  env?: NodeJS.ProcessEnv;
}>;

/**
 * Runs a program to its end and returns what it printed to standard output and standard error.
 *
 * @throws an Error with the last 40 lines that it printed, if it fails
 */
export const runCommand = ({ program, args, cwd, env }: Command): Promise<string> =>
  new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, env: env ?? process.env, stdio: ['ignore', 'pipe', 'pipe'] });
    let printed = '';
    const keep = (chunk: Buffer) => (printed += chunk.toString());
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (code === 0) resolve(printed);
      else {
        const end = printed.trimEnd().split('\n').slice(-40).join('\n');
        reject(new Error(`${program} ${args.join(' ')} ended with ${code ?? signal ?? 'no code'}:\n${end}`));
      }
    });
  });
