import { setMaxListeners } from 'node:events';
import { join } from 'node:path';
import { buildTemplate, deployTemplate, removeBuild } from '../../dev/cloud/deploy';
import { forgetAwsSettings, localEnvironment } from '../../dev/start/environment';
import { type MiniStack, startMiniStack } from '../../dev/cloud/ministack';
import { freePort } from '../../dev/cloud/ports';
import { root } from '../../dev/paths';
import { ensureVenv } from '../../dev/python/python';
import { runCommand } from '../../dev/run-command';
import { seedStack, sourcesFromEnvironment } from '../../dev/cloud/seed';
import { type Stack, stack as stackOf } from '../stack/cloud';
import { stackParameters } from '../stack/parameters';
import { type Check, checkAnswers, checkBooks, checkMessages, checkRedriven, checkSecrets } from './checks';
import { faultRates, faultSchedule } from './fault-schedule';
import { killWorkers, pauseCloud } from './killer';
import { type Options, readOptions, usage } from './options';
import { ownerOf, planLeads } from './plan';
import { startProxy } from './proxy';
import { startSenders } from './senders';
import { queueEmpty, reconcileAll, shortenPatience, shortenPause } from './settle';
import { takeSnapshot } from './snapshot';
import { summary } from './summary';
import { wireJournal, type WireJournal } from './wire-journal';

const region = 'us-east-1';
const stackName = 'crm-ingestion-faults';

/** Retries come soon, but not while a batch that is merely slow is still at work. */
const parameters = {
  ...stackParameters,
  IngestAuth: 'SECRET',
  EnrichmentDelaySeconds: 2,
  RetryAfterSeconds: 8,
  TableName: 'faults-table',
  ReaderUserName: 'faults-reader',
} as const;

const violationsShown = 10;

const say = (line: string): void => console.log(line);

/** Deploys the real template with a proxy between its functions and the cloud, and lets `work` have it. */
const onFaultyCloud = async (
  seed: number,
  signal: AbortSignal,
  work: (cloud: MiniStack, stack: Stack, journal: WireJournal, storm: { isOn: boolean }) => Promise<number>,
): Promise<number> => {
  await Promise.all([ensureVenv('ministack', say), ensureVenv('tools', say)]);
  signal.throwIfAborted();
  const build = await buildTemplate();
  const journal = wireJournal();
  const storm = { isOn: false };
  const decide = faultSchedule(seed);
  const closing: (() => Promise<void> | void)[] = [() => removeBuild(build)];
  try {
    signal.throwIfAborted();
    const cloud = await startMiniStack(await freePort());
    closing.unshift(() => cloud.stop());
    const { endpoint, credentials } = cloud;
    const proxy = await startProxy({
      port: Number(new URL(endpoint).port),
      decide: (service) => (storm.isOn ? decide(service) : undefined),
      journal,
    });
    closing.unshift(() => proxy.stop());
    signal.throwIfAborted();
    const outputs = await deployTemplate(build, {
      endpoint,
      region,
      credentials,
      stackName,
      parameters: { ...parameters, AwsEndpointUrl: proxy.url },
    });
    await seedStack({ endpoint, region, credentials, sender: parameters.SesFromAddress }, outputs);
    const stack = stackOf({
      cloud: 'embedded',
      endpoint,
      region,
      credentials,
      stackName,
      outputs,
      delaySeconds: parameters.EnrichmentDelaySeconds,
      // Nothing is asked over HTTP here.
      reader: { accessKeyId: '', secretAccessKey: '' },
    });
    return await work(cloud, stack, journal, storm);
  } finally {
    for (const close of closing) await close();
  }
};

const run = (options: Options, signal: AbortSignal): Promise<number> => {
  const began = Date.now();
  const { seed } = options;
  say(
    `Seed ${seed}: ${options.leads} leads, ${options.kills} kills, ${options.pauses} pauses; calls that fail: ` +
      Object.entries(faultRates)
        .map(([service, rate]) => `${service} ${Math.round(rate * 100)} %`)
        .join(', '),
  );
  say('Starting the embedded cloud and deploying the template …');
  return onFaultyCloud(seed, signal, async (cloud, stack, journal, storm) => {
    const sources = sourcesFromEnvironment(process.env);
    const leads = planLeads(seed, options.leads);

    await shortenPause(stack);
    say('The storm …');
    const stormBegan = Date.now();
    storm.isOn = true;
    const { done, progress } = startSenders({
      apiUrl: stack.apiUrl,
      sources,
      leads,
      seed,
      width: 24,
      putOwner: (leadId) => stack.putOwner(leadId, ownerOf(leadId)),
      signal,
    });
    const moments = { cloud, seed, progress, signal };
    const telling = setInterval(() => say(`  ${Math.round(progress() * 100)} % sent`), 15_000);
    const [told, killed] = await Promise.all([
      done,
      killWorkers(moments, options.kills),
      pauseCloud(moments, options.pauses),
    ]).finally(() => clearInterval(telling));
    storm.isOn = false;
    const stormSeconds = (Date.now() - stormBegan) / 1000;

    say(`The storm is over after ${stormSeconds.toFixed(0)} s. Waiting for the queue to be worked off …`);
    const waiting = { say, signal };
    await queueEmpty(stack, waiting);
    const messages = checkMessages(told, await takeSnapshot(stack));
    say('Reconciling …');
    await shortenPatience(stack);
    const requeued = await reconcileAll(stack, waiting);
    const settled = await takeSnapshot(stack);
    const onWire = journal.of;
    // Now, because the journal goes on.
    const booksBefore = checkBooks({ told, snapshot: settled, onWire });

    say(`Putting the missing owners there, and redriving ${settled.letters.length} dead letters …`);
    for (const { leadId, hasOwner } of leads) if (!hasOwner) await stack.putOwner(leadId, ownerOf(leadId));
    const redriven = settled.letters.length === 0 ? 0 : await redriveAll(stack);
    await queueEmpty(stack, waiting);
    await reconcileAll(stack, waiting);
    const redrivenTo = await takeSnapshot(stack);

    const checks: readonly Check[] = [
      ...checkAnswers(told),
      messages,
      ...booksBefore,
      ...checkBooks({ told, snapshot: redrivenTo, onWire }).map(({ name, violations }) => ({
        name: `after the redrive: ${name}`,
        violations,
      })),
      checkRedriven(told, redrivenTo),
      checkSecrets(
        Object.values(sources).flatMap(({ secrets }) => secrets),
        {
          'the raw objects': redrivenTo.raws.map(({ text }) => text).join('\n'),
          'the enriched objects': [...redrivenTo.enriched.values()].join('\n'),
          'the table': redrivenTo.tableText,
          'the dead-letter queue': settled.letters.join('\n'),
          'the mails': JSON.stringify(await stack.mails()),
          "ingestion's log": await stack.logOf('IngestionFunction'),
          "enrichment's log": await stack.logOf('EnrichmentFunction'),
          "the reconciler's log": await stack.logOf('ReconcileFunction'),
        },
      ),
      {
        name: `all ${options.kills} kills were done`,
        violations: Object.values(killed).reduce((sum, number) => sum + number, 0) < options.kills ? ['too few'] : [],
      },
    ];
    const seconds = (Date.now() - began) / 1000;
    const story = { options, told, killed, requeued, redriven, settled, redrivenTo, onWire };
    say(`\n${summary({ ...story, seconds, stormSeconds, wire: journal.counts() })}\n`);
    return tell(checks);
  });
};

/** As an operator does it: with the project's own command. */
const redriveAll = async (stack: Stack): Promise<number> => {
  const printed = await runCommand({
    program: process.execPath,
    args: ['--import', 'tsx', join(root, 'cli', 'main.ts'), '--stack-name', stackName, 'dlq', 'redrive', '--all'],
    cwd: root,
    env: localEnvironment(stack),
  });
  return Number(/(\d+) of \d+ redriven/.exec(printed)?.[1] ?? 0);
};

const tell = (checks: readonly Check[]): number => {
  for (const { name, violations } of checks) {
    say(`${violations.length === 0 ? 'good  ' : 'FAILED'} ${name}`);
    for (const violation of violations.slice(0, violationsShown)) say(`         ${violation}`);
    if (violations.length > violationsShown) say(`         and ${violations.length - violationsShown} more`);
  }
  const failed = checks.filter(({ violations }) => violations.length > 0).length;
  say(`\n${checks.length - failed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
};

const main = async (): Promise<number> => {
  const options = readOptionsOrSay();
  if (typeof options === 'number') return options;
  forgetAwsSettings();
  const stopping = new AbortController();
  // Each sender listens to it, in each of its waits.
  setMaxListeners(0, stopping.signal);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => stopping.abort('interrupted'));
  // What hangs must end too: no run is worth more than its bound.
  const bound = setTimeout(() => stopping.abort('too late'), options.minutes * 60_000);
  try {
    return await run(options, stopping.signal);
  } catch (error) {
    if (stopping.signal.reason === 'interrupted') return 130;
    if (stopping.signal.reason !== 'too late') throw error;
    throw new Error(`Not done after ${options.minutes} minutes: given up.`, { cause: error });
  } finally {
    clearTimeout(bound);
  }
};

const readOptionsOrSay = (): Options | number => {
  try {
    const options = readOptions(process.argv.slice(2));
    if (options !== 'help') return options;
    say(usage);
    return 0;
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
    return 2;
  }
};

main().then(
  // What a late timer or an open connection would hold back is of no use any more.
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    say('0 passed, 1 failed');
    process.exit(1);
  },
);
