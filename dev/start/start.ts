import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { localApiUrl, buildTemplate, deployTemplate, type Outputs, removeBuild } from '../cloud/deploy';
import { endWithParent } from '../end-with-parent';
import { type ConsoleProcess, startConsoleProcess } from './console-process';
import { forgetAwsSettings, type LocalCloud, regionOf } from './environment';
import { showLeads } from './live-view';
import { linkTools } from '../python/link-tools';
import { type MiniStack, startMiniStack } from '../cloud/ministack';
import { refuseTakenPort } from '../cloud/ports';
import { onlyStartHere } from './only-start';
import { ensureVenv } from '../python/python';
import { seedStack, sourcesFromEnvironment } from '../cloud/seed';
import { readShellFile, writeShellFile } from './shell-file';

const stackName = 'crm-ingestion-dev';
const sender = 'leads@example.com';
const recipient = 'sales@example.com';

const usage = `npm start -- [--delay SECONDS] [--port PORT]

Runs the whole pipeline on this machine: the real template on an embedded cloud.

  --delay SECONDS  between a lead's arrival and its enrichment, 0 to 900 (20; in production 600)
  --port PORT      where the cloud listens, on 127.0.0.1 only (4566)
  --help           this text`;

type Options = Readonly<{ delaySeconds: number; port: number }>;

/** @throws an Error that names the wrong option and its allowed values */
const readOptions = (args: readonly string[]): Options | 'help' => {
  const { values } = parseArgs({
    args: [...args],
    options: { delay: { type: 'string' }, port: { type: 'string' }, help: { type: 'boolean' } },
  });
  if (values.help === true) return 'help';
  return {
    delaySeconds: wholeNumber('--delay', values.delay ?? '20', 0, 900),
    port: wholeNumber('--port', values.port ?? '4566', 1, 65535),
  };
};

const wholeNumber = (name: string, text: string, min: number, max: number): number => {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < min || value > max) {
    throw new Error(`${name} takes a whole number from ${min} to ${max}.`);
  }
  return value;
};

const say = (line: string): void => console.log(line);

const main = async ({ delaySeconds, port }: Options): Promise<void> => {
  const region = regionOf(process.env);
  forgetAwsSettings();
  // An invalid secret is reported now, not after minutes of installing and building.
  sourcesFromEnvironment(process.env);
  const leave = onlyStartHere();
  const stopping = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stopping.abort());
  endWithParent(() => stopping.abort());

  const stopped = (): boolean => stopping.signal.aborted;
  let cloud: MiniStack | undefined;
  let buildFolder: string | undefined;
  let removeShellFile = (): void => undefined;
  let page: ConsoleProcess | undefined;
  try {
    await refuseTakenPort(port);
    await Promise.all([ensureVenv('ministack', say), ensureVenv('tools', say)]);
    linkTools();
    if (stopped()) return;
    cloud = await startMiniStack(port);
    say(`The embedded cloud (MiniStack) answers on ${cloud.endpoint}. Building the functions …`);
    buildFolder = await buildTemplate();
    if (stopped()) return;
    say(`Deploying template.yaml as stack ${stackName} in ${region} …`);
    const place = { endpoint: cloud.endpoint, region, credentials: cloud.credentials };
    const outputs = await deployTemplate(buildFolder, {
      ...place,
      stackName,
      parameters: { EnrichmentDelaySeconds: delaySeconds, SesFromAddress: sender, SesToAddress: recipient },
    });
    await seedStack({ ...place, sender }, outputs);
    if (stopped()) return;
    removeShellFile = writeShellFile(place, outputs);
    page = await consoleOf(place);
    if (stopped()) return;
    const address = await page?.address();
    say(instructions({ endpoint: place.endpoint, delaySeconds, outputs, address }));
    if (page !== undefined) onEnter(page, stopping.signal);
    const aborted = new Promise<void>((resolve) => {
      if (stopped()) resolve();
      stopping.signal.addEventListener('abort', () => resolve());
    });
    await Promise.race([
      aborted,
      cloud.ended.then(() => {
        throw new Error('The embedded cloud has stopped unexpectedly. Run npm start again.');
      }),
      showLeads({ ...place, stackName, signal: stopping.signal, say }),
    ]);
  } catch (error) {
    // After Ctrl-C the step that was running fails. The user does not need that error.
    if (!stopped()) throw error;
  } finally {
    removeShellFile();
    await page?.end();
    if (cloud !== undefined) {
      say('\nStopping the embedded cloud …');
      await cloud.stop();
    }
    if (buildFolder !== undefined) removeBuild(buildFolder);
    leave();
  }
};

/** The console, or `undefined` with a line about the reason: the pipeline works without it. */
const consoleOf = (place: LocalCloud): Promise<ConsoleProcess | undefined> =>
  startConsoleProcess({ ...place, stackName }, { LEADLINE_STARTED_BY: 'npm start' }).catch((error: unknown) => {
    say(error instanceof Error ? error.message : String(error));
    return undefined;
  });

/** Prints a new address of the console each time that the user presses Enter, because an address works once. */
const onEnter = (running: ConsoleProcess, signal: AbortSignal): void => {
  if (!process.stdin.isTTY) return;
  const lines = createInterface({ input: process.stdin });
  lines.on('line', () => void running.address().then((address) => say(`  Console       ${address}`), ended));
  signal.addEventListener('abort', () => lines.close(), { once: true });
};

const ended = (): void => say('The console has ended. Run leadline console for another one.');

type Ready = Readonly<{ endpoint: string; delaySeconds: number; outputs: Outputs; address: string | undefined }>;

const consoleLines = (address: string | undefined): string =>
  address === undefined
    ? ''
    : `  Console       ${address}\n                works once; press Enter for a new address\n\n`;

const instructions = ({ endpoint, delaySeconds, outputs, address }: Ready): string => `
Ready. A lead is enriched ${delaySeconds} s after it is accepted (in production 600 s: npm start -- --delay 600).

${consoleLines(address)}  API           ${localApiUrl(endpoint, outputs)}
  Mail          ${endpoint}/_ministack/ses/messages

Send a lead:

  curl -X POST ${localApiUrl(endpoint, outputs)}/ingest -H "Content-Type: application/json" \\
    -d '{"lead_id":"test-2","display_name":"Carol","lead_email":"carol@example.com"}'

In another terminal, in the project's folder, for aws, awslocal, awscurl, sam, samlocal and leadline:

  ${readShellFile}

Then leadline lead test-2 shows the history of the lead, and leadline mail shows its mail. docs/walkthrough.md
has more commands. They work without changes.

Events as they happen (Ctrl-C stops everything):
`;

const start = async (): Promise<void> => {
  const options = readOptions(process.argv.slice(2));
  if (options === 'help') say(usage);
  else await main(options);
};

start().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
