import { argumentsOf, UsageError } from '../arguments';
import type { Question } from './report';

export const defaults: Question = { leads: 1_000_000, rate: 20, ingestionMs: 50, enrichmentMs: 125 };

export const usage = `npm run cost -- [--leads N] [--rate R] [--ingestion-ms N] [--enrichment-ms N] [--json]
npm run cost -- --write

Says what leads cost on AWS (us-east-1, list prices), from the counted calls of the deployed functions, beside a naive
design, and what the stack costs without leads.

  --leads N          leads a month, each accepted, enriched and mailed once (1000000)
  --rate R           leads a second while leads come: it decides how full the batches are (20)
  --ingestion-ms N   billed milliseconds of a request that stores a lead (50)
  --enrichment-ms N  billed milliseconds of the enrichment of one lead alone (125)
  --json             prints JSON, for programs
  --write            counts the calls of the deployed functions again, and writes bench/cost/counted.json and
                     docs/cost.md
  --help             this text

Exit code: 0 success, 1 failed, 2 wrong arguments.`;

export type Options = Question & Readonly<{ json: boolean; write: boolean }>;

const numberFrom = (name: string, text: string | undefined, otherwise: number, min: number, max: number): number => {
  if (text === undefined) return otherwise;
  const value = Number(text);
  if (!/^\d+(\.\d+)?$/.test(text) || value < min || value > max)
    throw new UsageError(`--${name} takes a number from ${min} to ${max}, not "${text}".`);
  return value;
};

/** @throws a `UsageError` */
export const readOptions = (args: readonly string[]): Options | 'help' => {
  const values = argumentsOf(args, {
    leads: { type: 'string' },
    rate: { type: 'string' },
    'ingestion-ms': { type: 'string' },
    'enrichment-ms': { type: 'string' },
    json: { type: 'boolean' },
    write: { type: 'boolean' },
    help: { type: 'boolean' },
  });
  if (values.help === true) return 'help';
  const { leads, rate, json = false, write = false } = values;
  const [ingestionMs, enrichmentMs] = [values['ingestion-ms'], values['enrichment-ms']];
  const isQuestion = [leads, rate, ingestionMs, enrichmentMs].some((value) => value !== undefined);
  if (write && (json || isQuestion))
    throw new UsageError('--write takes no other option, because the pages show the defaults.');
  return {
    // Above 333 million requests a month, API Gateway has a lower price.
    leads: numberFrom('leads', leads, defaults.leads, 1, 300_000_000),
    rate: numberFrom('rate', rate, defaults.rate, 0.001, 10_000),
    ingestionMs: numberFrom('ingestion-ms', ingestionMs, defaults.ingestionMs, 1, 29_000),
    enrichmentMs: numberFrom('enrichment-ms', enrichmentMs, defaults.enrichmentMs, 1, 30_000),
    json,
    write,
  };
};
