import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { root } from '../paths';
import { type LocalCloud, localEnvironment } from './environment';

/** `leadline console` as a process, as its user starts it. */
export type ConsoleProcess = Readonly<{
  /** An address that works once. Each call asks the console for a new one. */
  address: () => Promise<string>;
  /** Without a path, such as `http://127.0.0.1:40123`. */
  origin: string;
  port: number;
  pid: number;
  /** Ends it as Ctrl-C does. @returns its exit code */
  end: () => Promise<number | null>;
  /** What it wrote to standard error so far. */
  complained: () => string;
}>;

/** How long the console may take to serve its page, in milliseconds. A busy machine takes ten seconds. */
const mostStartMs = 90_000;

/**
 * Starts `leadline console` against a stack of a local cloud, and waits until it serves its page.
 *
 * @param more variables of its environment: other credentials, or another endpoint
 * @param options of the command line
 * @throws an Error with the problem that the console printed if it ends before it has an address
 */
export const startConsoleProcess = async (
  cloud: LocalCloud & Readonly<{ stackName: string }>,
  more: NodeJS.ProcessEnv = {},
  options: readonly string[] = [],
): Promise<ConsoleProcess> => {
  const command = [join(root, 'dev', 'bootstrap.mjs'), 'cli/main.ts'];
  const child = spawn(
    process.execPath,
    [...command, 'console', '--json', '--stack-name', cloud.stackName, ...options],
    {
      cwd: tmpdir(),
      env: { ...localEnvironment(cloud), ...more },
      stdio: ['pipe', 'pipe', 'pipe'],
    },
  );
  const ended = once(child, 'close').then(([code]) => code as number | null);
  const timer = setTimeout(() => child.kill('SIGTERM'), mostStartMs);
  let complained = '';
  let printed = '';
  child.stderr.on('data', (chunk: Buffer) => (complained += chunk.toString()));
  const addresses = addressesIn(createInterface({ input: child.stdout }), (line) => (printed += `${line}\n`));
  const next = async (): Promise<string> => {
    const address = await Promise.race([addresses.next(), ended.then(() => undefined)]);
    if (typeof address?.value === 'string') return address.value;
    throw new Error(`leadline console has no address: ${problemIn(printed) ?? `${printed}${complained}`.trim()}`);
  };
  const first = await next().finally(() => clearTimeout(timer));
  const { origin, port } = new URL(first);
  let unused: string | undefined = first;
  return {
    address: async () => {
      const address = unused;
      unused = undefined;
      if (address !== undefined) return address;
      child.stdin.write('\n');
      return next();
    },
    origin,
    port: Number(port),
    pid: child.pid ?? 0,
    end: () => {
      child.kill('SIGINT');
      return ended;
    },
    complained: () => complained,
  };
};

async function* addressesIn(lines: AsyncIterable<string>, onOther: (line: string) => void): AsyncGenerator<string> {
  for await (const line of lines) {
    const json = line.startsWith('{"address":') ? (JSON.parse(line) as Readonly<{ address: string }>) : undefined;
    if (json === undefined) onOther(line);
    else yield json.address;
  }
}

/** The message of the problem in the JSON output of `leadline`. */
const problemIn = (printed: string): string | undefined => {
  try {
    return (JSON.parse(printed) as Readonly<{ error?: Readonly<{ message?: string }> }>).error?.message;
  } catch {
    return undefined;
  }
};
