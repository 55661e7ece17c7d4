import { type Cells, table } from '../markdown-table';
import { countedPaths, type Counts, type Path } from './count';
import { accessLogBytes, platformBytes } from './log-lines';
import { type Price, type PriceName, prices, pricesDate, pricesRegion } from './prices';
import { atMostPerMillion, type Compared, type Question, type Report, reportOf } from './report';
import type { Stack } from './stack';

const money = (dollars: number): string => dollars.toFixed(2);

const grouped = (value: number): string =>
  value.toLocaleString('en-US', { maximumFractionDigits: value >= 1000 ? 0 : 2 });

const nameOf = (name: PriceName): string => `${prices[name].service}: ${prices[name].unit}`;

const comparedRows = (lines: readonly Compared[]): readonly Cells[] =>
  lines.map(({ name, quantity, dollars, naiveDollars }) => [
    nameOf(name),
    grouped(quantity),
    money(dollars),
    money(naiveDollars),
  ]);

const leadTable = ({ leads, dollars, naiveDollars, apart }: Report): readonly string[] =>
  table(
    ['what', 'quantity', 'Leadline, $', 'naive design, $'],
    [
      ...comparedRows(leads),
      ['**without mails and traces**', '', `**${money(dollars)}**`, `**${money(naiveDollars)}**`],
      ...comparedRows(apart),
    ],
  );

const idleTable = ({ idle, idleDollars }: Report): readonly string[] =>
  table(
    ['a month without leads', '$'],
    [...idle.map(({ item, dollars }) => [item, money(dollars)]), ['**all**', `**${money(idleDollars)}**`]],
  );

const sentence = ({ question, leadsPerBatch, keepsUp }: Report): string =>
  `${grouped(question.leads)} leads at ${grouped(question.rate)} a second, ` +
  `${leadsPerBatch.toFixed(1)} leads in a batch of EnrichmentFunction.` +
  (keepsUp ? '' : ' The workers cannot keep up with this rate: see docs/scale.md.');

const monthly = (report: Report): readonly Cells[] => [
  ...report.storage.map(({ name, quantity, dollars }) => [nameOf(name), grouped(quantity), money(dollars)]),
  ...report.active.map(({ name, quantity, dollars }) => [
    `${nameOf(name)}, besides those of the idle stack`,
    grouped(quantity),
    money(dollars),
  ]),
];

/** What the command prints. */
export const textOf = (report: Report): string =>
  [
    sentence(report),
    '',
    ...leadTable(report),
    '',
    ...table(['a month, once there are these leads', 'quantity', '$'], monthly(report)),
    '',
    ...idleTable(report),
    '',
    `List prices of ${pricesRegion}, ${pricesDate}, without free tiers. docs/cost.md says how this is computed.`,
  ].join('\n');

/** The parts of the bill that no setting of the functions, the queues or the logs can lower. */
const stores: readonly string[] = ['API Gateway', 'S3', 'DynamoDB'];

const storeDollars = ({ leads }: Report): number =>
  leads.filter(({ name }) => stores.includes(prices[name].service)).reduce((sum, { dollars }) => sum + dollars, 0);

/** Why the bound is not met. */
const reason = (report: Report): readonly string[] => [
  `API Gateway, S3 and DynamoDB alone cost $${money(storeDollars(report))}: one request, two objects, and the write units of the lead. That leaves`,
  `$${money(atMostPerMillion - storeDollars(report))} of the bound for the queue, the functions and their logs, which cost $${money(report.dollars - storeDollars(report))}.`,
  '[What could still be saved](#what-could-still-be-saved) has the options, and why they were not taken.',
];

const isMet = ({ dollars }: Report): boolean => dollars <= atMostPerMillion;

const priceRow = ({ service, unit, dollars, per, source }: Price): Cells => [
  `[${service}](${source}): ${unit}`,
  per === 1 ? String(dollars) : money(dollars),
  per === 1 ? '1' : grouped(per),
];

const list = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .map(([name, count]) => `${count} ${name}`)
    .join(', ') || 'none';

const rates = [1, 5, 20, 100];

/** The text of docs/cost.md. */
export const pageOf = (counts: Counts, stack: Stack, question: Question): string => {
  const report = reportOf(counts, stack, question);
  const at = (rate: number, more: Partial<Stack> = {}): Report =>
    reportOf(counts, { ...stack, ...more }, { ...question, rate });
  return [
    '# Cost',
    '',
    '`npm run cost -- --write` counts the calls of the deployed functions and writes this page. `npm run cost -- --leads',
    '1000000 --rate 20` answers for your own numbers, and `--help` lists all options. A unit test fails if this page or',
    'the counts are not those of the code.',
    '',
    `## ${grouped(question.leads)} leads`,
    '',
    `Each lead is accepted, enriched and mailed once. ${sentence(report)}`,
    '',
    ...leadTable(report),
    '',
    `The bound is $${atMostPerMillion} for a million leads without mails and traces: ${isMet(report) ? 'met' : '**not met**'}.`,
    ...(isMet(report) ? [] : reason(report)),
    '',
    'A month of a million leads also costs:',
    '',
    ...table(['what', 'quantity', '$'], monthly(report)),
    '',
    '## An idle stack',
    '',
    ...idleTable(report),
    '',
    '- The first three dashboards of an account are free, and so are ten metrics of alarms, ten custom metrics, and a',
    '  million requests of SQS. The table leaves this out.',
    `- With \`KmsKeyArn\` add $${prices.keyMonths.dollars} a month for the key, and $${prices.keyCalls.dollars} for a million of its uses. SQS, S3 and`,
    '  DynamoDB reuse a data key for minutes, so that uses grow with time and not with leads.',
    '- Lambda polls each queue with five processes, and each waits 20 s for a message.',
    '',
    '## The rate fills the batches',
    '',
    'Dollars for a million leads, without mails and traces. A fuller batch shares an invocation, its log lines, and one',
    `request that deletes its messages. With the template a due lead waits up to ${stack.batchWindowSeconds} s for others`,
    '([0039](decisions/0039-batches-wait-to-fill.md)).',
    '',
    ...table(
      ['leads a second', 'leads in a batch', '$', 'without a wait: leads in a batch', '$'],
      rates.map((rate) => {
        const [now, none] = [at(rate), at(rate, { batchWindowSeconds: 0 })];
        return [
          String(rate),
          now.leadsPerBatch.toFixed(1),
          money(now.dollars),
          none.leadsPerBatch.toFixed(1),
          money(none.dollars),
        ];
      }),
    ),
    '',
    '## The naive design',
    '',
    'The naive design has the same services, steps, data and promises, as a first version by the examples of each service',
    'has them. It differs in these points. Dollars for the leads above:',
    '',
    ...table(
      ['difference', '$'],
      report.differences.map(({ what, dollars }) => [what, money(dollars)]),
    ),
    '',
    'It is not the worst design: it has no call of `PutMetricData` for each lead ($10 for a million), no NAT gateway, and no',
    'polling of the table. The 14 write units are those that Leadline counted before its indexes held only keys. An owner',
    'file of several KB, copied into three indexes, would cost more.',
    '',
    '## Other requests',
    '',
    ...table(
      ['a million requests', '$'],
      report.requests.map(({ path, dollars }) => [countedPaths[path], money(dollars)]),
    ),
    '',
    '## What could still be saved',
    '',
    'Dollars for the leads above:',
    '',
    ...table(
      ['option', '$'],
      report.options.map(({ what, dollars }) => [what, money(dollars)]),
    ),
    '',
    '- **HTTP API.** LocalStack community has none, AWS WAF cannot protect it, and it sends no `Retry-After` of its own.',
    '- **System log level.** The report of an invocation is the only record of its memory and of the time of its init.',
    '- **Access log.** Only this log has requests that never reach a function, for example throttled ones.',
    '- **S3.** The two PUT are the raw payload and the enriched lead, which data consumers read. They are the largest item,',
    '  and no cheaper class of S3 keeps an object in several data centres at a lower price for each PUT.',
    '',
    '## How it is computed',
    '',
    '**Counts.** `bench/cost/count.ts` bundles the functions as SAM does and runs them against a server in place of AWS. The',
    'server keeps what they store, counts each call, and computes the write units from the indexes of the template.',
    `Log bytes are those that the functions wrote. Lambda's own lines (${platformBytes} bytes for each invocation, system log level`,
    `INFO) and the access log of the API (${accessLogBytes(stack.accessLogFormat)} bytes for each request) are computed from their formats.`,
    '',
    ...table(
      ['invocation', 'calls', 'write units', 'log bytes'],
      (Object.keys(countedPaths) as Path[]).map((path) => [
        countedPaths[path],
        list(counts[path].calls),
        list(counts[path].writeUnits),
        grouped(counts[path].logBytes),
      ]),
      [0, 1, 2],
    ),
    '',
    '**Assumptions.** The project has not run on AWS, so these are assumed:',
    '',
    `- Lambda bills ${question.ingestionMs} ms for a request that stores a lead, and ${question.enrichmentMs} ms for the enrichment of one lead alone`,
    '  (LocalStack, warm). Twice as much adds $' +
      `${money(reportOf(counts, stack, { ...question, ingestionMs: question.ingestionMs * 2, enrichmentMs: question.enrichmentMs * 2 }).dollars - report.dollars)}. A batch of ten takes 1.33 times as long as a batch of one.`,
    '- Cold starts are left out. A function that is in use has few of them. So are the reads of the secret: each container',
    '  makes two every five minutes, which is $0.09 a month for a container that is always in use.',
    '- Each message is received by a request of its own. AWS does not document that a poller that waits for a batch',
    '  receives several messages at once. If it does, up to $0.36 less.',
    '- X-Ray records the first request of each second and 5 % of the others.',
    '- A month has 730 hours. Data that leaves AWS, such as the answers of the API, is under 100 GB a month, which is free.',
    '',
    `**Prices.** List prices of ${pricesRegion}, compared with AWS's pages as far as they were readable on ${pricesDate}, without`,
    'free tiers and discounts. Check them with the calculator of AWS.',
    '',
    ...table(['unit', '$', 'for'], Object.values(prices).map(priceRow)),
    '',
  ].join('\n');
};
