import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { delimiter, join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { type AccessKey, localEnvironment } from '../start/environment';
import { root } from '../paths';
import { refuseTakenPort } from './ports';
import { venvProgram } from '../python/python';
import { runCommand } from '../run-command';
import { removeTemporaryFolder, temporaryFolder } from '../temporary-folder';

/** The services that the template uses. MiniStack starts only these. */
const services = [
  ...['apigateway', 'cloudformation', 'cloudwatch', 'cloudwatchlogs', 'dynamodb', 'events', 'iam', 'kms', 'lambda'],
  ...['logs', 'monitoring', 's3', 'secretsmanager', 'ses', 'sns', 'sqs', 'sts', 'ssm'],
].join(',');

/** A running embedded cloud. */
export type MiniStack = Readonly<{
  endpoint: string;
  /** The key of the account's root. It is new for each start. */
  credentials: AccessKey;
  pid: number;
  /** Resolves when the process has ended, for whatever reason. */
  ended: Promise<void>;
  /** Ends the process and its function workers, and removes its files. */
  stop: () => Promise<void>;
  /** The processes that run functions now. */
  workerPids: () => Promise<readonly number[]>;
}>;

/**
 * Starts MiniStack on a port of the loopback interface. Needs the virtual environment `ministack`.
 *
 * @throws an Error that says what to do, if the port is taken or MiniStack does not start
 */
export const startMiniStack = async (port: number): Promise<MiniStack> => {
  await refuseTakenPort(port);
  const credentials = makeRootKey();
  const folder = temporaryFolder('cloud');
  const logFile = join(folder, 'ministack.log');
  const log = openSync(logFile, 'w');
  const child = spawn(venvProgram('ministack', 'python'), [join(root, 'dev', 'cloud', 'ministack-launcher.py')], {
    cwd: folder,
    // A process group of its own, so that Ctrl-C reaches only this process, which then stops MiniStack in order.
    detached: true,
    stdio: ['ignore', log, log],
    env: {
      ...localEnvironment(),
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      PYTHONDONTWRITEBYTECODE: '1',
      BIND_HOST: '127.0.0.1',
      GATEWAY_PORT: String(port),
      // MiniStack verifies SigV4 signatures and evaluates IAM policies, also those of the functions' roles.
      AUTH: 'true',
      IOT_MTLS_ENABLED: '0',
      SERVICES: services,
      TMPDIR: folder,
      // Without this the SDK writes a warning about Node.js 20 to the log of every function.
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
      // Function workers run on this Node.js, whatever `node` is first on the PATH.
      PATH: `${join(process.execPath, '..')}${delimiter}${process.env.PATH ?? ''}`,
    },
  });
  closeSync(log);
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const endpoint = `http://127.0.0.1:${port}`;
  const cloud: MiniStack = {
    endpoint,
    credentials,
    pid: child.pid ?? 0,
    ended,
    stop: () => stop(child, ended, folder),
    workerPids: () => workersOf(child.pid ?? 0),
  };
  try {
    await ready(endpoint, ended);
  } catch (error) {
    const lines = readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-20).join('\n');
    await cloud.stop();
    throw new Error(`The embedded cloud did not start: ${String(error)}\n${lines}`, { cause: error });
  }
  return cloud;
};

/** Some clients check that a key has the form of an AWS key. */
const makeRootKey = (): AccessKey => ({
  accessKeyId: `AKIA${randomBytes(8).toString('hex').toUpperCase()}`,
  secretAccessKey: randomBytes(30).toString('base64url'),
});

const ready = async (endpoint: string, ended: Promise<void>): Promise<void> => {
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline) {
    const healthy = await fetch(`${endpoint}/_ministack/health`, { signal: AbortSignal.timeout(2_000) }).then(
      ({ ok }) => ok,
      () => false,
    );
    if (healthy) return;
    if ((await Promise.race([ended.then(() => 'ended' as const), wait(50)])) === 'ended')
      throw new Error('the process ended at once');
  }
  throw new Error('no answer within 60 s');
};

const stop = async (child: ChildProcess, ended: Promise<void>, folder: string): Promise<void> => {
  const pid = child.pid ?? 0;
  const workers = await workersOf(pid);
  child.kill('SIGTERM');
  const late = setTimeout(() => child.kill('SIGKILL'), 5_000);
  await ended;
  clearTimeout(late);
  // A clean stop also ends the workers, but SIGKILL leaves them.
  for (const worker of workers) killQuietly(worker);
  removeTemporaryFolder(folder);
};

const killQuietly = (pid: number): void => {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // The process has already ended.
  }
};

/** The child processes that run a function. Their command line names the worker script of MiniStack. */
const workersOf = async (parent: number): Promise<readonly number[]> => {
  const listing = await runCommand({ program: 'ps', args: ['-A', '-o', 'pid=,ppid=,args='] }).catch(() => '');
  return listing
    .split('\n')
    .map((line) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line))
    .filter((match) => match !== null && Number(match[2]) === parent && match[3]?.includes('_worker') === true)
    .map((match) => Number(match?.[1]));
};
