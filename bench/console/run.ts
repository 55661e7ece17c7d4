// Measures the console with many leads in a real browser: `npm run bench:console`.
import { type APIRequestContext, type Browser, chromium } from 'playwright-core';
import { type ConsoleProcess, startConsoleProcess } from '../../dev/start/console-process';
import { requireChromium } from '../../tests/browser/find-chromium';
import { openConsolePage } from '../../tests/browser/in-browser';
import { visit } from '../../tests/browser/pages';
import { putPastLeads } from '../../tests/browser/past-leads';
import { report, say } from '../../tests/faults/report';
import { atOnce, eventually } from '../../tests/stack/waiting';
import { runBounded } from '../../tests/support/bounded-command';
import { ownerOf, loadLeads } from '../load/leads';
import { type LoadCloud, onLoadCloud } from '../load/load-cloud';
import { openLoop } from '../load/open-loop';
import { postTo, sendLead } from '../load/send-lead';
import { loadSources } from '../load/sources';
import { loadNow, thisMachine } from '../machine';
import { table } from '../markdown-table';
import { distributionOf } from '../load/distribution';
import { checkBounds, growthOf, held } from './bounds';
import { firstPages } from './first-page';
import { follow } from './live-updates';
import { manyLeads } from './many-leads';
import { type Options, readOptions, usage } from './options';
import { searchTimes } from './searches';

/** How often each page is opened, and each search done. */
const rounds = 7;

const measure = async (
  options: Options,
  { stack }: LoadCloud,
  executablePath: string,
  signal: AbortSignal,
): Promise<number> => {
  say(`Writing ${options.leads} leads into the table …`);
  const all = manyLeads(new Date(), options.leads);
  await putPastLeads(stack, all);
  const began = Date.now();
  const console = await startConsoleProcess(stack);
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  try {
    const { page } = await openConsolePage(browser, console);
    say('Waiting until the console has counted the events …');
    await counted(page.request, console, signal);
    const countSeconds = (Date.now() - began) / 1000;
    say('Opening pages …');
    const first = await firstPages(browser, console, rounds);
    say('Searching …');
    const searches = await searchTimes(page, all, rounds);
    say(`Sending ${options.updates} leads, one each second, to open pages …`);
    const live = await followPages(options, { stack, browser, console, signal });
    const { date, processor, cores } = thisMachine();
    const ms = (values: readonly number[]): readonly string[] => {
      const { p50, max } = distributionOf(values);
      return [p50.toFixed(0), max.toFixed(0)];
    };
    const lines = [
      `${date}, Node.js ${process.version.slice(1)}, Chromium ${browser.version()}, ${cores} cores of ${processor}, ` +
        `load ${loadNow().toFixed(1)}; ${options.leads} leads, counted ${countSeconds.toFixed(1)} s after the start of ` +
        `the console; ${rounds} rounds.`,
      '',
      ...table(
        ['time in ms', 'median', 'worst'],
        [
          ...first.map(({ name, ms: times }) => [`${name}, from asking to painted`, ...ms(times)]),
          ...searches.flatMap(({ name, answerMs, shownMs }) => [
            [`search by ${name}: until the answer`, ...ms(answerMs)],
            [`search by ${name}: from the answer to painted`, ...ms(shownMs)],
          ]),
        ],
      ),
      '',
      ...table(
        ['an open page', 'updates a minute', ...held.flatMap((of) => [`${of} in the second third`, 'in the last'])],
        live.map(({ name, updatesAMinute, samples }) => [
          name,
          updatesAMinute.toFixed(1),
          ...held.flatMap((of) => Object.values(growthOf(samples, of)).map((value) => value.toFixed(0))),
        ]),
      ),
      '',
    ];
    for (const line of lines) say(line);
    return report(checkBounds({ first, searches, live }));
  } finally {
    await browser.close();
    await console.end();
  }
};

/** Waits until the overview says that the count of the events is complete. */
const counted = (asking: APIRequestContext, { origin }: ConsoleProcess, signal: AbortSignal): Promise<true> =>
  eventually(
    'a complete count',
    async () => {
      signal.throwIfAborted();
      const answer = (await (await asking.get(`${origin}/api/overview`)).json()) as Readonly<{
        counted: Readonly<{ state: string }>;
      }>;
      return answer.counted.state === 'complete' ? true : undefined;
    },
    600,
  );

type Open = Readonly<{
  stack: LoadCloud['stack'];
  browser: Browser;
  console: ConsoleProcess;
  signal: AbortSignal;
}>;

/** Sends one lead each second while the overview and the list of leads are open in two windows. */
const followPages = async ({ updates }: Options, { stack, browser, console, signal }: Open) => {
  const leads = loadLeads(updates, sources);
  await atOnce(8, leads, ({ lead }) => stack.putOwner(lead.leadId, ownerOf(lead)));
  const post = postTo(stack.apiUrl, signal);
  const sending = openLoop({ count: updates, perSecond: 1, signal }, async (index, dueMs) => {
    const planned = leads[index];
    if (planned === undefined) throw new Error(`no lead ${index}`);
    return sendLead(post, planned.source.requestFor(planned.lead), dueMs, { signal });
  });
  // A rejection is awaited below. Without this, Node.js ends the process if it comes before.
  sending.catch(() => undefined);
  const followed = await Promise.all(
    [['the overview', '/'] as const, ['the list of leads', '/leads'] as const].map(async ([name, path]) => {
      const { page } = await openConsolePage(browser, console);
      await visit(page, path);
      return { name, ...(await follow(page, sending)) };
    }),
  );
  await sending;
  return followed;
};

const sources = loadSources();

const run = (options: Options, signal: AbortSignal): Promise<number> => {
  const executablePath = requireChromium();
  return onLoadCloud(sources, say, signal, (cloud) => measure(options, cloud, executablePath, signal));
};

runBounded({ usage, readOptions, run });
