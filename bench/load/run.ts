// Sends leads at a fixed rate until all are mailed, and measures what happens: `npm run bench:load`.
import { report, say } from '../../tests/faults/report';
import { queued, queueEmpty } from '../../tests/faults/settle';
import { atOnce } from '../../tests/stack/waiting';
import { runBounded } from '../../tests/support/bounded-command';
import { loadNow, thisMachine } from '../machine';
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
  const { date, ...hardware } = thisMachine();
  const machine = { ...hardware, node: process.versions.node, load: [before, loadNow()] as [number, number] };
  const given = { date, machine, invocations, delaySeconds };
  const run: LoadRun | undefined =
    leads.length === 0
      ? undefined
      : summarize({ planned, sent, leads, samples, ratePerSecond: options.rate, ...given });
  return { run, checks: checkOutcomes(sent, outcomes) };
};

const bench = async (options: Options, signal: AbortSignal): Promise<number> => {
  if (process.platform !== 'linux') throw new Error('This needs Linux: it reads what the functions use from /proc.');
  say('Starting the embedded cloud and deploying the template …');
  const sources = loadSources();
  const { run, checks } = await onLoadCloud(sources, say, signal, (load) => measure(options, sources, load, signal));
  if (run === undefined) return report(checks);
  say(`\n${tableOf(run).join('\n')}\n`);
  if (options.record) writePages(run);
  return report([...checks, ...checkBounds(run)]);
};

runBounded({ usage, readOptions, run: bench });
