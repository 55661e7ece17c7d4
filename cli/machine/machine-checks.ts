import { execFile } from 'node:child_process';
import { createServer } from 'node:net';
import type { Check } from '../../shared/operations/doctor/diagnose';
import { type Diagnosis, ok, problem, warning } from '../../shared/operations/doctor/finding';
import { localEndpoint } from '../stack/local-endpoint';

/** What `doctor` asks of this machine. */
export type Machine = Readonly<{
  nodeVersion: string;
  /** What a program prints, or `undefined` if it is not there, fails, or does not answer within 10 s. */
  printedBy: (program: string, ...args: readonly string[]) => Promise<string | undefined>;
  isPortFree: (port: number) => Promise<boolean>;
  environment: NodeJS.ProcessEnv;
}>;

export const thisMachine: Machine = {
  nodeVersion: process.versions.node,
  printedBy: (program, ...args) =>
    new Promise((resolve) =>
      execFile(program, [...args], { timeout: 10_000 }, (error, stdout, stderr) =>
        resolve(error === null ? `${stdout}${stderr}`.trim() : undefined),
      ),
    ),
  isPortFree: (port) =>
    new Promise((resolve) => {
      const server = createServer();
      server.once('error', () => resolve(false));
      server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
    }),
  environment: process.env,
};

/** The port of local clouds, unless another one is given. */
const localPort = 4566;

const oldestNode = 20;
const oldestPython = [3, 10] as const;

/** The checks of this machine. None of them needs AWS. */
export const machineChecks = (machine: Machine): readonly Check[] => [
  { name: 'node', needs: [], run: () => Promise.resolve(usable(nodeDiagnosis(machine))) },
  { name: 'python', needs: [], run: async () => usable(await pythonDiagnosis(machine)) },
  { name: 'docker', needs: [], run: async () => usable(await dockerDiagnosis(machine)) },
  { name: 'port', needs: [], run: async () => usable(await portDiagnosis(machine)) },
];

const usable = (diagnosis: Diagnosis) => ({ diagnoses: [diagnosis], isUsable: true });

const nodeDiagnosis = ({ nodeVersion }: Machine): Diagnosis =>
  Number(nodeVersion.split('.')[0]) >= oldestNode
    ? ok(`Node.js ${nodeVersion}`)
    : problem(`Node.js ${nodeVersion} is too old`, `Install Node.js ${oldestNode} or later.`);

const pythonDiagnosis = async ({ printedBy }: Machine): Promise<Diagnosis> => {
  const printed = (await printedBy('python3', '--version')) ?? (await printedBy('python', '--version'));
  const [, version = '', major = '0', minor = '0'] = /^Python ((\d+)\.(\d+)\S*)/.exec(printed ?? '') ?? [];
  const needed = `${oldestPython.join('.')} or later`;
  const remedy = `Install Python ${needed}. Only npm start, npm test and sam build need it.`;
  if (version === '') return warning('Python was not found', remedy);
  const isNewEnough =
    Number(major) > oldestPython[0] || (Number(major) === oldestPython[0] && Number(minor) >= oldestPython[1]);
  return isNewEnough ? ok(`Python ${version}`) : warning(`Python ${version} is too old`, remedy);
};

const dockerDiagnosis = async ({ printedBy }: Machine): Promise<Diagnosis> => {
  const version = await printedBy('docker', 'version', '--format', '{{.Server.Version}}');
  return ok(version === undefined ? 'Docker does not answer; only LocalStack needs it' : `Docker ${version}`);
};

const portDiagnosis = async ({ isPortFree, environment }: Machine): Promise<Diagnosis> => {
  if (await isPortFree(localPort)) return ok(`port ${localPort} is free for npm start`);
  const endpoint = localEndpoint(environment);
  return endpoint !== undefined && new URL(endpoint).port === String(localPort)
    ? ok(`port ${localPort} is that of the local cloud of AWS_ENDPOINT_URL`)
    : warning(`port ${localPort} is in use`, 'Start the embedded cloud on another port: npm start -- --port 4570.');
};
