import { sourcesFromEnvironment } from '../../dev/cloud/seed';
import type { LocalSource } from '../../dev/cloud/seed';
import type { Stack } from '../stack/cloud';
import { runBounded } from '../support/bounded-command';
import type { Check } from './check';
import { checkAnswers, checkBooks, checkRedriven, checkSecrets } from './checks';
import { faultRates } from './fault-schedule';
import { type FaultyCloud, onFaultyCloud } from './faulty-cloud';
import { type Options, readOptions, usage } from './options';
import { passStorm, redrive, type Redriven, settle, type Settled, type Stormed } from './phases';
import { planLeads } from './plan';
import { report, say } from './report';
import { summary } from './summary';

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
  return onFaultyCloud(seed, signal, async (faulty) => {
    const sources = sourcesFromEnvironment(process.env);
    const leads = planLeads(seed, options.leads);
    const stormed = await passStorm(faulty, { options, sources, leads, signal });
    const settled = await settle(faulty, stormed, signal);
    const redriven = await redrive(faulty, settled, leads, signal);
    const checks = await allChecks(options, faulty, sources, { ...stormed, ...settled, ...redriven });
    const { journal } = faulty;
    const story = { options, ...stormed, ...settled, ...redriven, onWire: journal.of, wire: journal.counts() };
    say(`\n${summary({ ...story, seconds: (Date.now() - began) / 1000 })}\n`);
    return report(checks);
  });
};

const allChecks = async (
  options: Options,
  { stack, journal }: FaultyCloud,
  sources: Readonly<Record<string, LocalSource>>,
  { sent, killed, settled, checks, redrivenTo }: Stormed & Settled & Redriven,
): Promise<readonly Check[]> => [
  ...checkAnswers(sent),
  ...checks,
  ...checkBooks({ sent, snapshot: redrivenTo, onWire: journal.of }).map(({ name, violations }) => ({
    name: `after the redrive: ${name}`,
    violations,
  })),
  checkRedriven(sent, redrivenTo),
  checkSecrets(
    Object.values(sources).flatMap(({ auth }) => auth.secrets),
    {
      'the raw objects': redrivenTo.raws.map(({ text }) => text).join('\n'),
      'the enriched objects': [...redrivenTo.enriched.values()].join('\n'),
      'the table': redrivenTo.tableText,
      'the dead-letter queue': settled.letters.join('\n'),
      'the mails': JSON.stringify(await stack.mails()),
      ...(await logsOf(stack)),
    },
  ),
  {
    name: `all ${options.kills} kills were done`,
    violations: Object.values(killed).reduce((sum, number) => sum + number, 0) < options.kills ? ['too few'] : [],
  },
];

const logsOf = async (stack: Stack): Promise<Readonly<Record<string, string>>> => ({
  'the log of IngestionFunction': await stack.logOf('IngestionFunction'),
  'the log of EnrichmentFunction': await stack.logOf('EnrichmentFunction'),
  'the log of ReconcileFunction': await stack.logOf('ReconcileFunction'),
});

runBounded({ usage, readOptions, run, onError: () => say('0 passed, 1 failed') });
