import { execFileSync, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../dev/paths';

/** What `npm start` runs, without npm, which passes no signals on. */
const startScript = (): readonly string[] => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: { start: string } };
  const [program, ...args] = scripts.start.split(' ');
  if (program !== 'node') throw new Error('package.json: the script start must begin with node.');
  return args;
};

/** Runs `npm start` until `work` has ended or `interrupted` rejects. `npm start` ends the embedded cloud itself. */
export const withNpmStart = async (
  environment: NodeJS.ProcessEnv,
  interrupted: Promise<never>,
  work: () => Promise<void>,
): Promise<void> => {
  const start = spawn(process.execPath, startScript(), {
    cwd: root,
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  const closed = new Promise<void>((resolve) => start.once('close', () => resolve()));
  const ready = new Promise<void>((resolve) => {
    const hear = (chunk: Buffer): void => {
      printed += chunk.toString();
      if (printed.includes('\nReady.')) resolve();
    };
    start.stdout.on('data', hear);
    start.stderr.on('data', hear);
  });
  const early = closed.then(() => {
    throw new Error(`npm start has ended:\n${printed}`);
  });
  early.catch(() => undefined);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`npm start was not ready after 300 s:\n${printed}`)), 300_000);
  });
  try {
    await Promise.race([ready, early, late, interrupted]);
    clearTimeout(timer);
    await Promise.race([work(), early, interrupted]);
  } finally {
    clearTimeout(timer);
    start.kill('SIGINT');
    const hard = setTimeout(() => start.kill('SIGKILL'), 60_000);
    await closed;
    clearTimeout(hard);
  }
};

const docker = (...args: readonly string[]): string =>
  execFileSync('docker', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();

const container = 'leadline-localstack';
const network = 'leadline';

/**
 * LocalStack, its function containers, whose names begin with its own, and those that `sam local` made on the network.
 */
const containers = (): readonly string[] => [
  ...new Set(
    [`name=^${container}`, `network=${network}`].flatMap((filter) =>
      docker('ps', '--all', '--quiet', '--filter', filter).split('\n').filter(Boolean),
    ),
  ),
];

const networks = (): string => docker('network', 'ls', '--quiet', '--filter', `name=^${network}$`);

/**
 * Lets `work` make the container and the network that the page names, and removes what is left of them.
 *
 * @throws an Error if there is one already, because Leadline did not create it
 */
export const withDocker = async (work: () => Promise<void>): Promise<void> => {
  if (containers().length > 0) throw new Error(`There is a container ${container} already: docker rm -f ${container}`);
  if (networks() !== '') throw new Error(`There is a network ${network} already: docker network rm ${network}`);
  try {
    await work();
    const left = containers();
    if (left.length > 0) throw new Error(`After the tear-down of the page ${left.length} containers are left.`);
  } finally {
    const left = containers();
    if (left.length > 0) docker('rm', '--force', ...left);
    if (networks() !== '') docker('network', 'rm', network);
  }
};
