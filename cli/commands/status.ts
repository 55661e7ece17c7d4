import type { Command } from 'commander';
import { type ModelSettings, modelSettings, pipelineModel } from '../../shared/operations/overview/pipeline-model';
import type { Clock } from '../../shared/operations/overview/overview-ports';
import { systemClock } from '../../shared/operations/overview/system-clock';
import { StoreError } from '../../shared/operations/store-error';
import { Interrupted } from '../../shared/operations/interrupted';
import type { Overview, Trouble } from '../../shared/operations/views/overview';
import { commandWith, type Manual } from '../manual/manual';
import type { Session } from '../session';
import { stoppedCloudAdvice } from '../stack/stopped-cloud';
import { overviewLines, troubleLine } from '../terminal/overview-lines';
import { wrapped } from '../terminal/wrapped';

const manual: Manual = {
  details: [
    'The command scans the table once, and does not change it. A table with more than 1,000,000 items is scanned only ' +
      'with --count; without it, the numbers of events are not shown. With --watch, the command follows the changes and ' +
      'draws again at most once a second, until Ctrl-C. On a narrow terminal, the numbers by hour are left out, and each ' +
      'source has lines of its own.',
    'If something cannot be read, the rest is shown, and a note says which permission is missing.',
  ],
  examples: [
    ['What the pipeline does', 'leadline status'],
    ['The same, live', 'leadline status --watch'],
    ['One line of JSON for each change', 'leadline status --watch --json'],
  ],
  exitCodes: { 1: 'failed, or something could not be read; a note says what' },
  seeAlso: ['tail', 'console', 'dlq list', 'docs/operations.md'],
};

type StatusOptions = Readonly<{ watch?: boolean; count?: boolean }>;

/** How often the overview is drawn at most, in milliseconds. */
const drawMs = 1_000;

/** `leadline status` */
export const statusCommand = (session: Session, clock: Clock = systemClock): Command =>
  commandWith('status', manual)
    .description('Shows what the pipeline does: events by state, queues, dead letters, quarantine, sources')
    .option('--watch', 'keep the overview up to date, until Ctrl-C')
    .option('--count', 'count the events also if the table has more than 1,000,000 items')
    .action(async ({ watch = false, count = false }: StatusOptions, command: Command) => {
      const ports = await session.overview();
      const model = pipelineModel(ports, clock, settingsOf(count));
      const name = command.optsWithGlobals<Readonly<{ stackName?: string }>>().stackName ?? '';
      model.start();
      try {
        await until(session, model.onChange, () => {
          const { counted } = model.overview();
          if (counted.is_counting) session.onProgress('read', counted.events, counted.about ?? counted.events);
          return model.isSettled();
        });
        if (watch) await draw(session, clock, name, model);
        else show(session, name, model.overview());
      } finally {
        await model.stop();
      }
    });

/** With `--count`, the only limit is the memory. */
const settingsOf = (isAsked: boolean): ModelSettings =>
  isAsked ? { ...modelSettings, limits: { ...modelSettings.limits, items: modelSettings.limits.rows } } : modelSettings;

/** Waits until a condition holds after a change. @throws an Interrupted, or what the condition throws */
const until = (
  { interruption }: Session,
  onChange: (listener: () => void) => () => void,
  condition: () => boolean,
): Promise<void> =>
  new Promise((resolve, reject) => {
    const end = (settle: () => void): void => {
      forget();
      interruption.removeEventListener('abort', onAbort);
      settle();
    };
    const onAbort = (): void => end(() => reject(new Interrupted()));
    const forget = onChange(() => {
      // An error that leaves a listener would end what the model reads, and nothing would settle this promise.
      try {
        if (condition()) end(resolve);
      } catch (error) {
        end(() => reject(error instanceof Error ? error : new Error(String(error))));
      }
    });
    interruption.addEventListener('abort', onAbort, { once: true });
    if (interruption.aborted) onAbort();
  });

/** What could not be read, part by part. A local cloud that was stopped is named once. */
const troubleLines = (troubles: readonly Trouble[]): readonly string[] => {
  const lines = troubles.map((trouble) => {
    const stopped = stoppedCloudAdvice(trouble.cause, process.env);
    return stopped === undefined ? troubleLine(trouble) : `Not read: ${stopped}`;
  });
  return [...new Set(lines)];
};

const show = (session: Session, name: string, overview: Overview): void => {
  const { troubles } = overview;
  // Without events and queues there is nothing to show.
  const first = troubles.find(({ part }) => part === 'events');
  if (first !== undefined && troubles.some(({ part }) => part === 'queues'))
    throw new StoreError({ kind: 'unavailable', store: first.part, cause: first.cause });
  session.print(overview, overviewLines(name, overview, session.width()));
  for (const line of troubleLines(troubles)) session.note(line);
  session.finish({ leftAlone: troubles.length > 0 });
};

/** Draws the overview when it has changed, and once in ten seconds, because ages grow. Ends with the interruption. */
const draw = async (
  session: Session,
  clock: Clock,
  name: string,
  model: ReturnType<typeof pipelineModel>,
): Promise<void> => {
  let isChanged = true;
  const forget = model.onChange(() => (isChanged = true));
  for (let round = 0; !session.isInterrupted(); round += 1) {
    if (isChanged || round % 10 === 0) {
      isChanged = false;
      const overview = model.overview();
      const width = session.width();
      session.redraw(overview, [
        ...overviewLines(name, overview, width),
        ...troubleLines(overview.troubles).flatMap((line) => wrapped(line, width)),
      ]);
    }
    await clock.wait(drawMs, session.interruption);
  }
  forget();
  session.finish();
};
