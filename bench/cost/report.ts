import { batchedLeadsPerSecond, leadsPerBatch } from './batches';
import type { Counts, Path } from './count';
import { accessLogBytes, platformBytes } from './log-lines';
import { activeUsage, type Assumptions, batchingOf, idleUsages, leadUsage, requestUsage, storageUsage } from './model';
import { differencesOf } from './naive';
import { billOf, type Line, type PriceName, prices, sumOf, totalOf, type Usage } from './prices';
import type { Stack } from './stack';

/** What the command is asked. */
export type Question = Assumptions & Readonly<{ leads: number }>;

/** Prices that are shown apart: the mail costs more than all other parts, and a trace is a sample. */
const apart: ReadonlySet<PriceName> = new Set<PriceName>(['mails', 'traces']);

/** The most that a million leads may cost at the default rate, in dollars, without mails and traces. */
export const atMostPerMillion = 21;

/** A line of the bill of leads, in Leadline and in the naive design. */
export type Compared = Readonly<{ name: PriceName; quantity: number; dollars: number; naiveDollars: number }>;

export type Report = Readonly<{
  question: Question;
  /** Mean number of leads in a batch of EnrichmentFunction. */
  leadsPerBatch: number;
  /** Whether the workers can process the rate with full batches. */
  keepsUp: boolean;
  leads: readonly Compared[];
  dollars: number;
  naiveDollars: number;
  apart: readonly Compared[];
  differences: readonly Readonly<{ what: string; dollars: number }>[];
  storage: readonly Line[];
  active: readonly Line[];
  idle: readonly Readonly<{ item: string; dollars: number }>[];
  idleDollars: number;
  /** Dollars for a million requests of each kind that ends without a new lead. */
  requests: readonly Readonly<{ path: Path; dollars: number }>[];
  options: readonly Readonly<{ what: string; dollars: number }>[];
}>;

const priceOf = (usage: Usage, times: number): number => totalOf(billOf(usage, times));

const compared = (ours: Usage, naive: Usage, leads: number): readonly Compared[] => {
  const [bill, naiveBill] = [billOf(ours, leads), billOf(naive, leads)];
  const find = (lines: readonly Line[], name: PriceName) => lines.find((line) => line.name === name);
  return (Object.keys(prices) as PriceName[]).flatMap((name) => {
    const [line, other] = [find(bill, name), find(naiveBill, name)];
    if (line === undefined && other === undefined) return [];
    return [{ name, quantity: line?.quantity ?? 0, dollars: line?.dollars ?? 0, naiveDollars: other?.dollars ?? 0 }];
  });
};

/** Milliseconds that Lambda bills for a request that stores no lead: it makes at most a call or two. */
const shortMs = 15;

/** Requests that end without a new lead. */
const otherPaths: readonly Path[] = ['duplicateWaiting', 'duplicateMailed', 'rejected', 'quarantined'];

/** What was considered and not done, with what it would change for these leads. */
const optionsOf = (stack: Stack, { leads }: Question, batch: number): Report['options'] => [
  {
    what: 'an HTTP API in place of the REST API, at $1.00 per million',
    dollars: ((1 - prices.apiRequests.dollars) / 1_000_000) * leads,
  },
  {
    what: 'the system log level WARN, without the start and report of each invocation',
    dollars: stack.logsInvocations ? -priceOf({ logGigabytes: (platformBytes * (1 + 1 / batch)) / 1e9 }, leads) : 0,
  },
  {
    what: 'no access log of the API',
    dollars: -priceOf({ logGigabytes: accessLogBytes(stack.accessLogFormat) / 1e9 }, leads),
  },
];

/** Answers what leads cost. */
export const reportOf = (counts: Counts, stack: Stack, question: Question): Report => {
  const { leads, rate } = question;
  const batching = batchingOf(stack, question);
  const batch = leadsPerBatch(rate, batching);
  const ours = leadUsage(counts, stack, question);
  const differences = differencesOf(counts, stack, question);
  const all = compared(ours, sumOf(ours, ...differences.map(({ adds }) => adds)), leads);
  const lines = all.filter(({ name }) => !apart.has(name));
  const idle = idleUsages(counts, stack).map(({ item, usage }) => ({ item, dollars: priceOf(usage, 1) }));
  return {
    question,
    leadsPerBatch: batch,
    keepsUp: batchedLeadsPerSecond(batching) >= rate,
    leads: lines,
    dollars: lines.reduce((sum, { dollars }) => sum + dollars, 0),
    naiveDollars: lines.reduce((sum, { naiveDollars }) => sum + naiveDollars, 0),
    apart: all.filter(({ name }) => apart.has(name)),
    differences: differences.map(({ what, adds }) => ({ what, dollars: priceOf(adds, leads) })),
    storage: billOf(storageUsage(counts), leads),
    active: billOf(activeUsage(counts, stack)),
    idle,
    idleDollars: idle.reduce((sum, { dollars }) => sum + dollars, 0),
    requests: otherPaths.map((path) => ({
      path,
      dollars: priceOf(
        requestUsage(counts[path], stack, path === 'duplicateWaiting' ? question.ingestionMs : shortMs),
        1_000_000,
      ),
    })),
    options: optionsOf(stack, question, batch),
  };
};
