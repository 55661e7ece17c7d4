// Tests the API of a stack on the embedded cloud against openapi.yaml: `npm run test:openapi`. Options after `--` go to
// schemathesis, such as `--include-path /leads`.
import { ensureVenv } from '../../dev/python/python';
import { forgetAwsSettings } from '../../dev/start/environment';
import { operations } from '../support/openapi';
import { type Api, onApi } from './api-cloud';
import { type Counts, countsOf, reached, reachedSources, sum, tally } from './counts';
import { schemathesis } from './schemathesis';
import { sources } from './sources';

/** A run that hangs ends after this time. */
const maxMinutes = 10;

const say = (line: string) => console.log(line);

const testApi = async (api: Api, signal: AbortSignal): Promise<Counts> => {
  const options = process.argv.slice(2);
  const counts: Counts[] = [];
  for (const hasCredentials of [true, false]) {
    say(`\n--- schemathesis ${hasCredentials ? 'with' : 'without'} credentials`);
    const report = await schemathesis({ hasCredentials, options }, api, signal);
    for (const line of tally(report)) say(line);
    counts.push(countsOf(report));
    const names = operations.map(({ name }) => name);
    if (hasCredentials && options.length === 0) {
      counts.push(reached(names, report), reachedSources(Object.keys(sources), report));
    }
  }
  return sum(counts);
};

const main = async (): Promise<Counts> => {
  forgetAwsSettings();
  const stopping = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => stopping.abort(new Error(`Interrupted by ${signal}.`)));
  const late = setTimeout(
    () => stopping.abort(new Error(`Not done after ${maxMinutes} minutes.`)),
    maxMinutes * 60_000,
  );
  try {
    for (const venv of ['ministack', 'tools', 'openapi'] as const) await ensureVenv(venv, say);
    return await onApi(stopping.signal, (api) => testApi(api, stopping.signal));
  } finally {
    clearTimeout(late);
  }
};

void main()
  .catch((error: unknown): Counts => {
    console.error(error instanceof Error ? error.message : error);
    return { passed: 0, failed: 1 };
  })
  .then(({ passed, failed }) => {
    say(`\n${passed} passed, ${failed} failed`);
    // The exit does not wait for open connections.
    process.exit(failed === 0 && passed > 0 ? 0 : 1);
  });
