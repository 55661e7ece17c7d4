import { batchedLeadsPerSecond, leadsPerBatch } from '../cost/batches';
import type { Counts } from '../cost/count';
import { table } from '../markdown-table';
import { batchingOf, inOrderOfLimits, loadOf, needsOf, type Part, partsOf } from './parts';
import type { Settings } from './settings';

/** The day on which the limits were compared with the pages that they name. */
const limitsDate = '2026-11-26';

/** The rates of the tables, in leads a second. */
export const rates = [1, 10, 50, 100, 250, 500, 1000, 2500, 5000];

const grouped = (value: number): string =>
  value.toLocaleString('en-US', { maximumFractionDigits: value >= 100 ? 0 : value >= 10 ? 1 : 2 });

const percent = (share: number): string => {
  const text = `${grouped(100 * share)} %`;
  return share > 1 ? `**${text}**` : text;
};

const limitRate = (rate: number): string => (Number.isFinite(rate) ? grouped(rate) : 'more than 1,000,000');

/** The limits, the first one on top. */
export const limitTable = (parts: readonly Part[]): readonly string[] =>
  table(
    ['part', 'limit', 'reached at, leads a second', 'what moves it'],
    inOrderOfLimits(parts).map(({ part, rate }) => [
      `[${part.name}](${part.source})`,
      `${grouped(part.limit)} ${part.unit}`,
      limitRate(rate),
      part.moves,
    ]),
    [0, 3],
  );

/** What each part uses of its limit at some rates. */
export const loadTable = (parts: readonly Part[], at: readonly number[]): readonly string[] =>
  table(
    ['part', ...at.map(grouped)],
    inOrderOfLimits(parts).map(({ part }) => [part.name, ...at.map((rate) => percent(loadOf(part, rate)))]),
  );

const needsTable = (settings: Settings, counts: Counts): readonly string[] =>
  table(
    ['leads a second', 'ThrottlingRateLimit', 'EnrichmentMaxConcurrency', 'Lambda', 'SES', 'DynamoDB'],
    rates.map((rate) => {
      const needs = needsOf(rate, settings, counts);
      return [
        grouped(rate),
        grouped(needs.ThrottlingRateLimit),
        grouped(needs.EnrichmentMaxConcurrency),
        grouped(needs.lambdaConcurrency),
        grouped(needs.mailsPerSecond),
        grouped(needs.tableWriteUnits),
      ];
    }),
  );

/** What the command prints about one rate. */
export const textAt = (rate: number, parts: readonly Part[]): string =>
  [
    `${grouped(rate)} leads a second`,
    '',
    ...table(
      ['part', 'used', 'limit', 'share', 'what moves it'],
      [...parts]
        .sort((one, other) => loadOf(other, rate) - loadOf(one, rate))
        .map((part) => [
          part.name,
          grouped(part.used(rate)),
          `${grouped(part.limit)} ${part.unit}`,
          percent(loadOf(part, rate)),
          part.moves,
        ]),
      [0, 4],
    ),
  ].join('\n');

const list = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .map(([name, count]) => `${count} in ${name}`)
    .join(', ');

const unitsByPlace = ({ accepted, enriched }: Counts): Readonly<Record<string, number>> =>
  Object.fromEntries(
    [...new Set([...Object.keys(accepted.writeUnits), ...Object.keys(enriched.writeUnits)])].map((place) => [
      place,
      (accepted.writeUnits[place] ?? 0) + (enriched.writeUnits[place] ?? 0),
    ]),
  );

/** The text of docs/scale.md. */
export const pageOf = (settings: Settings, counts: Counts): string => {
  const parts = partsOf(settings, counts);
  const [first, second] = inOrderOfLimits(parts).filter(({ part }) => !part.name.includes('24 hours'));
  const batching = batchingOf(settings);
  const needs = needsOf(5000, settings, counts);
  const moved = partsOf(
    {
      ...settings,
      ThrottlingRateLimit: needs.ThrottlingRateLimit,
      EnrichmentMaxConcurrency: needs.EnrichmentMaxConcurrency,
      lambdaConcurrency: Math.max(settings.lambdaConcurrency, needs.lambdaConcurrency),
      mailsPerSecond: needs.mailsPerSecond,
      mailsPerDay: needs.mailsPerSecond * 86_400,
      tableWriteUnits: Math.max(settings.tableWriteUnits, needs.tableWriteUnits),
      // The table has grown to its load.
      warmWriteUnits: Math.max(settings.tableWriteUnits, needs.tableWriteUnits),
    },
    counts,
  );
  const left = inOrderOfLimits(moved).filter(({ rate }) => rate < 4999.9);
  return [
    '# Scale',
    '',
    'How many leads a second each part takes, which limit is met first, and which parameter or quota moves it.',
    '`npm run scale -- --write` computes this page from the template, the counted calls of the functions',
    '([cost.md](cost.md)) and the limits of AWS. `npm run scale -- --rate 300 --set mailsPerSecond=500` answers for your own',
    'numbers, and `--help` lists them all. A unit test fails if this page is not what the model computes.',
    '',
    `Limits are the defaults of an account in us-east-1, compared with AWS's pages on ${limitsDate}. The project has not run on`,
    'AWS: what is computed here was not measured there.',
    '',
    '## Which limit is met first',
    '',
    ...(first === undefined || second === undefined
      ? []
      : [
          `With the defaults of template and account, the first limit is **${first.part.name}**, at ${limitRate(first.rate)} leads a`,
          `second. The next one is **${second.part.name}**, at ${limitRate(second.rate)}. If leads come all day at the same rate,`,
          "SES's quota for a day is met before both.",
          '',
        ]),
    ...limitTable(parts),
    '',
    '- AWS publishes no quota of SES outside of the sandbox: it "varies based on your specific use case". 14 mails a second and',
    '  50,000 a day are usual for a new account. `aws sesv2 get-account` shows yours.',
    '- Beyond a limit no accepted lead is lost. API Gateway and Lambda answer 429 or 5xx, and senders retry. A throttled table or bucket',
    '  makes a request 503 or an enrichment retry. A throttled mail is retried, and ends in the dead-letter queue after three',
    '  receives ([reliability.md](reliability.md)).',
    '- A leads-by-status or events-pending partition that is throttled also throttles the writes of the table, because DynamoDB',
    '  accepts a write only if its indexes can follow.',
    '',
    '## What each part uses',
    '',
    'Share of the limit at a rate of leads a second, with the same defaults. Above 100 % the part throttles.',
    '',
    ...loadTable(parts, rates),
    '',
    '## What a rate needs',
    '',
    'The least values with which a steady rate is below the limits that can be moved. Leave room for bursts: twice as much',
    'for the API and for Lambda. Lambda is the quota of concurrent executions, SES the mails a second, DynamoDB the',
    'write units a second of a table or an index.',
    '',
    ...needsTable(settings, counts),
    '',
    ...(left.length === 0
      ? ['With these values no limit is left below 5,000 leads a second.']
      : [
          'With the values of 5,000 leads a second, these limits are left below that rate:',
          '',
          ...left.map(
            ({ part, rate }) => `- ${part.name}, at ${limitRate(rate)} leads a second. What moves it: ${part.moves}.`,
          ),
        ]),
    '',
    '## The arithmetic',
    '',
    `- **Batches.** A poller of Lambda, one of five, waits ${settings.EnrichmentBatchSeconds} s for its batch: 1 + rate ÷ 5 × ${settings.EnrichmentBatchSeconds} leads, at most`,
    `  ${settings.batchSize}. A batch of one takes ${settings.enrichmentMs} ms and a batch of ten 1.33 times as long, so that ${settings.EnrichmentMaxConcurrency} workers process`,
    `  ${grouped(batchedLeadsPerSecond(batching))} leads a second. At 1 and 10 leads a second, a batch has ${grouped(leadsPerBatch(1, batching))} and ${grouped(leadsPerBatch(10, batching))} leads.`,
    `- **Lambda.** Executions = rate × ${settings.ingestionMs} ms + batches a second × the time of a batch. A start takes ${settings.initMs} ms.`,
    '- **DynamoDB.** Write units of a lead with a status:',
    `  ${list(unitsByPlace(counts))}.`,
    `  Each index has its own limits. A partition takes ${grouped(settings.partitionWriteUnits)} write units a second. The keys of leads and e-mail addresses`,
    `  spread over partitions. One lead alone takes ${grouped(settings.partitionWriteUnits / (unitsByPlace(counts).table ?? 1))} events a second.`,
    `- **SQS.** Messages that wait for their delay are not in flight, and SQS stores any number of them. A message is in flight`,
    `  while its batch waits and runs, or for RetryAfterSeconds (${settings.RetryAfterSeconds} s) after a failure.`,
    '- **S3.** A key is `raw/crm_event_<lead_id>_<time>-<event_id>.json`. S3 splits a prefix between ids of leads. Ids that count',
    '  up are written at one end, so that such a split helps less.',
    '- **Reading.** `GET /leads` and `leadline` read other partitions at their own rate, and are not in this model.',
    '- **After an outage,** ReconcileFunction queues a limited number of events every five minutes. The others wait for the',
    '  next runs. This does not slow down new leads.',
    '',
    'The model was compared with a run: from the service times of `npm run bench:load` on the embedded cloud',
    '([load.md](load.md)) it predicts its rates and its length within 10 %. `tests/unit/bench/scale` repeats this for each',
    'recorded run.',
    '',
    'Assumptions, which `--set` changes: ' +
      `\`ingestionMs\` ${settings.ingestionMs}, \`enrichmentMs\` ${settings.enrichmentMs}, \`initMs\` ${settings.initMs}, \`sameStatus\` ${settings.sameStatus} (all leads have the same`,
    `status), \`sameOwner\` ${settings.sameOwner} (all leads have the same owner). A changed lead takes twice the units of a new one in these indexes.`,
    '',
  ].join('\n');
};
