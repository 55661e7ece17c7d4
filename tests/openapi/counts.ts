import type { Report } from './schemathesis';

export type Counts = Readonly<{ passed: number; failed: number }>;

/**
 * Counts the test cases of a run. schemathesis has one for each operation, with all requests to it. A run counts as
 * failed if it wrote no report, ran no test, or ended with an error that the report does not have.
 */
export const countsOf = ({ code, junit }: Pick<Report, 'code' | 'junit'>): Counts => {
  const numbers = (/<testsuites [^>]*>/.exec(junit)?.[0] ?? '').matchAll(/\b(tests|failures|errors|skipped)="(\d+)"/g);
  const {
    tests = 0,
    failures = 0,
    errors = 0,
    skipped = 0,
  } = Object.fromEntries(Array.from(numbers, ([, name = '', number]): [string, number] => [name, Number(number)]));
  const failed = Math.min(tests, failures + errors);
  const passed = Math.max(0, tests - failed - skipped);
  return { passed, failed: failed === 0 && (code !== 0 || passed === 0) ? 1 : failed };
};

/**
 * Checks that each operation had a 2xx. A run whose requests are all refused would test little.
 *
 * @param operations such as `POST /ingest`
 */
export const reached = (operations: readonly string[], { answers }: Pick<Report, 'answers'>): Counts => {
  const missing = operations.filter((operation) => !answers.some((answer) => answer.startsWith(`${operation} 2`)));
  return { passed: operations.length - missing.length, failed: missing.length };
};

/**
 * Checks that the leads of each source were read at `POST /webhook/{source}`: 2xx, or 422 for what is no lead. Both come
 * after the authentication.
 *
 * @param sources ids, which the run notes at the end of an answer: `POST /webhook/{source} 202 accepted (crm)`
 */
export const reachedSources = (sources: readonly string[], { answers }: Pick<Report, 'answers'>): Counts => {
  const isReached = (source: string): boolean =>
    answers.some((answer) => /^POST \/webhook\/\{source\} (2|422)/.test(answer) && answer.endsWith(` (${source})`));
  const passed = sources.filter(isReached).length;
  return { passed, failed: sources.length - passed };
};

/** The number of answers of each operation with each status, sorted: `120 × POST /ingest 202`. */
export const tally = ({ answers }: Pick<Report, 'answers'>): readonly string[] =>
  [...new Set(answers)].sort().map((line) => `${answers.filter((answer) => answer === line).length} × ${line}`);

export const sum = (all: readonly Counts[]): Counts => ({
  passed: all.reduce((total, { passed }) => total + passed, 0),
  failed: all.reduce((total, { failed }) => total + failed, 0),
});
