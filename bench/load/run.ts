// Sends leads at a fixed rate until all are mailed, and measures what happens: `npm run bench:load`.
import { setMaxListeners } from 'node:events';
import { availableParallelism, cpus, loadavg } from 'node:os';
import { forgetAwsSettings } from '../../dev/start/environment';
import { report, say } from '../../tests/faults/report';
import { queued, queueEmpty } from '../../tests/faults/settle';
import { atOnce } from '../../tests/stack/waiting';
import { checkBounds, functionNames } from './bounds';
import { checkOutcomes } from './check-outcomes';
import { invocationsOf } from './invocations';
import { leadTimes } from './lead-times';
import { loadLeads, ownerOf } from './leads';
import { delaySeconds, type LoadCloud, onLoadCloud } from './load-cloud';
import { openLoop } from './open-loop';
import { type Options, readOptions, usage } from './options';
import { readOutcomes } from './outcomes';
import { useOfCloud } from './processes';
import { type LoadRun } from './record';
import { startSampling } from './sampler';
import { postTo, sendLead } from './send-lead';
import { type LoadSource, loadSources } from './sources';
import { summarize } from './summarize';
import { tableOf } from './page';
import { writePages } from './write-pages';

const loadNow = (): number => loadavg()[0] ?? 0;

const measure = async (options: Options, sources: readonly LoadSource[], load: LoadCloud, signal: AbortSignal) => {
  const { cloud, stack } = load;
  const planned = loadLeads(options.leads, sources);
  const putOwner = ({ lead }: (typeof planned)[number]) => stack.putOwner(lead.leadId, ownerOf(lead));
  say('Writing the owners of half of the leads …');
  await atOnce(
    8,
    planned.filter(({ owner }) => owner === 'before'),
    putOwner,
  );
  const [before, beganMs] = [loadNow(), Date.now()];
  say(`Sending ${options.leads} leads, ${options.rate} a second …`);
  const post = postTo(stack.apiUrl, signal);
  const sampling = startSampling({ use: () => useOfCloud(cloud.pid), queued: () => queued(stack) });
  let accepted = 0;
  const showing = setInterval(() => say(`  ${accepted} of ${options.leads} accepted`), 30_000);
  const sent = await openLoop({ count: options.leads, perSecond: options.rate, signal }, async (index, dueMs) => {
    const lead = planned[index];
    if (lead === undefined) throw new Error(`no lead ${index}`);
    const [result] = await Promise.all([
      sendLead(post, lead.source.requestFor(lead.lead), dueMs, { signal }),
      lead.owner === 'meanwhile' ? putOwner(lead) : undefined,
    ]);
    accepted += 1;
    return result;
  }).finally(() => clearInterval(showing));
  say('Waiting until all are mailed …');
  await queueEmpty(stack, { say, signal });
  const samples = sampling.stop();
  say('Reading the table and the mails …');
  const outcomes = await readOutcomes(stack);
  const leads = leadTimes(sent, outcomes);
  const span = [beganMs, samples.at(-1)?.atMs ?? beganMs] as const;
  const invocations = Object.fromEntries(
    await Promise.all(functionNames.map(async (name) => [name, await invocationsOf(stack, name, span)] as const)),
  );
  const machine = {
    processor: cpus()[0]?.model.trim() ?? 'unknown processor',
    cores: availableParallelism(),
    node: process.versions.node,
    load: [before, loadNow()] as [number, number],
  };
  const given = { date: new Date().toISOString().slice(0, 10), machine, invocations, delaySeconds };
  const run: LoadRun | undefined =
    leads.length === 0
      ? undefined
      : summarize({ planned, sent, leads, samples, ratePerSecond: options.rate, ...given });
  return { run, checks: checkOutcomes(sent, outcomes) };
};

const bench = async (options: Options, signal: AbortSignal): Promise<number> => {
  say('Starting the embedded cloud and deploying the template …');
  const sources = loadSources();
  const { run, checks } = await onLoadCloud(sources, say, signal, (load) => measure(options, sources, load, signal));
  if (run === undefined) return report(checks);
  say(`\n${tableOf(run).join('\n')}\n`);
  if (options.record) writePages(run);
  return report([...checks, ...checkBounds(run)]);
};

const main = async (): Promise<number> => {
  const options = readOptionsOrSay();
  if (typeof options === 'number') return options;
  if (process.platform !== 'linux') throw new Error('This needs Linux: it reads what the functions use from /proc.');
  forgetAwsSettings();
  const stopping = new AbortController();
  // Each request that is under way listens to it.
  setMaxListeners(0, stopping.signal);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => stopping.abort('interrupted'));
  const bound = setTimeout(() => stopping.abort('too late'), options.minutes * 60_000);
  try {
    return await bench(options, stopping.signal);
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
  // The exit does not wait for timers or open connections that are left.
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
