import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { createInterface } from 'node:readline/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { eventState, type EventState } from '../shared/lead/event-item';
import { eventTimeline } from '../shared/lead/event-timeline';
import { leadId } from '../shared/lead/lead-id';
import {
  type Choice,
  discardDeadLetters,
  idOf,
  type Letter,
  listDeadLetters,
  redriveDeadLetters,
  saysWhich,
} from '../shared/operations/dead-letters';
import { replayEvents } from '../shared/operations/replay';
import { maskAddresses } from '../shared/observability/masking';
import { openStack, type OpenStack } from './open-stack';

/** What a shell, or a script, can go by. */
const exitCodes = { ok: 0, failed: 1, usage: 2, nothingMatched: 3, interrupted: 130 } as const;

const exitCodesHelp = `
Exit codes: 0 done, 1 failed, 2 wrong usage, 3 nothing matched, 130 interrupted (what was begun is finished, the rest is untouched).
The cloud is that of the standard AWS environment: AWS_PROFILE, AWS_REGION, AWS_ENDPOINT_URL and so on.`;

type Globals = Readonly<{ stackName: string; json?: true }>;

let interrupted = false;
process.on('SIGINT', () => {
  interrupted = true;
});

const program = new Command('leadline')
  .description('Finds out what became of a lead, and brings back what failed.')
  .option('--stack-name <name>', 'the stack to work on', 'crm-ingestion-dev')
  .option('--json', 'print JSON, for programs')
  .addHelpText('after', exitCodesHelp)
  .exitOverride()
  .configureOutput({ writeErr: (text) => process.stderr.write(text) });

const globals = (): Globals => program.opts<Globals>();

const stack = (): Promise<OpenStack> => openStack(globals().stackName);

/** Prints JSON for programs, or lines for people; addresses in neither. */
const print = (data: unknown, lines: readonly string[]): void => {
  process.stdout.write(
    maskAddresses(globals().json === true ? JSON.stringify(data, null, 2) : lines.join('\n')) + '\n',
  );
};

const finish = (matched: number): void => {
  process.exitCode = interrupted ? exitCodes.interrupted : matched === 0 ? exitCodes.nothingMatched : exitCodes.ok;
};

/** Shows how far a command is, where a person watches. */
const progress = (what: string) => (done: number) => {
  if (process.stderr.isTTY) process.stderr.write(`\r${what} ${done} …`);
};

const endProgress = (): void => {
  if (process.stderr.isTTY) process.stderr.write('\r\u001B[K');
};

const perSecond = (text: string): number => {
  const rate = Number(text);
  if (!(rate > 0)) throw new InvalidArgumentError('Give a number of messages per second, above 0.');
  return rate;
};

const pacer = (rate: number | undefined) => async (): Promise<void> => {
  if (rate !== undefined) await wait(1000 / rate);
};

const instant = (text: string): string => {
  const time = Date.parse(text);
  if (!Number.isFinite(time))
    throw new InvalidArgumentError('Give a date, or a date and time, as in 2026-01-31T12:00:00Z.');
  return new Date(time).toISOString();
};

const state = (text: string): EventState => {
  if (!eventState.is(text)) throw new InvalidArgumentError(`Give one of ${Object.keys(eventState.keys).join(', ')}.`);
  return text;
};

const view = (one: Letter) => ({
  id: idOf(one),
  lead_id: one.event?.lead_id ?? one.letter.message?.lead_id ?? null,
  source: one.event?.source ?? null,
  state: one.event?.state ?? null,
  reason: one.letter.message === undefined ? 'message-unreadable' : (one.event?.reason ?? null),
  reason_detail: one.event?.reason_detail ?? null,
  attempts: one.event?.attempts ?? null,
  since: one.letter.sentAt.toISOString(),
  age_seconds: Math.round((Date.now() - one.letter.sentAt.getTime()) / 1000),
});

const row = (cells: readonly string[]): string =>
  cells
    .map((cell, index) => cell.padEnd([14, 24, 14, 20, 9, 0][index] ?? 0))
    .join(' ')
    .trimEnd();

const letterRow = (one: Letter): string => {
  const { id, lead_id, source, reason, attempts, age_seconds } = view(one);
  return row([
    id.slice(0, 12),
    lead_id ?? '–',
    source ?? '–',
    reason ?? '–',
    String(attempts ?? '–'),
    age(age_seconds),
  ]);
};

const age = (seconds: number): string =>
  seconds < 120
    ? `${seconds} s`
    : seconds < 7200
      ? `${Math.round(seconds / 60)} min`
      : `${Math.round(seconds / 3600)} h`;

const dlq = program.command('dlq').description('The dead-letter queue: leads that failed three times');

const choosing = (command: Command): Command =>
  command
    .option('--lead <id>', 'those of a lead')
    .option('--reason <reason>', 'those that failed for a reason, such as owner-missing')
    .option('--source <id>', 'those of a source');

type Choosing = Readonly<{ lead?: string; reason?: string; source?: string; all?: true }>;

choosing(dlq.command('list').description('Lists dead letters: event, lead, source, reason, tries, age')).action(
  async (options: Choosing) => {
    const letters = await listDeadLetters((await stack()).deadLetters, { ...options, ids: [], all: true });
    print(letters.map(view), [
      row(['EVENT', 'LEAD', 'SOURCE', 'REASON', 'ATTEMPTS', 'AGE']),
      ...letters.map(letterRow),
      `${letters.length} dead letters`,
    ]);
    finish(letters.length);
  },
);

dlq
  .command('show')
  .description('Shows one dead letter and its event')
  .argument('<id>', 'the event, or the message where it names none; the first eight characters will do')
  .action(async (id: string) => {
    const letters = await listDeadLetters((await stack()).deadLetters, { ids: [id] });
    const shown = letters.map((one) => ({ ...view(one), body: one.letter.body, event: one.event ?? null }));
    print(
      shown,
      shown.flatMap(({ event, body, ...about }) => [
        ...Object.entries(about).map(([name, value]) => `${name.padEnd(14)} ${String(value)}`),
        `${'body'.padEnd(14)} ${body}`,
        ...(event === null
          ? []
          : eventTimeline(event).map(({ at, what, reason = '' }) => `  ${at}  ${what} ${reason}`)),
      ]),
    );
    finish(letters.length);
  });

choosing(dlq.command('redrive').description('Sends dead letters to be enriched again, now'))
  .argument('[ids...]', 'events, or messages')
  .option('--all', 'all of them')
  .option('--rate <n>', 'so many per second at most', perSecond)
  .option('--dry-run', 'only say which')
  .action(
    async (
      ids: readonly string[],
      options: Choosing & Readonly<{ rate?: number; dryRun?: true }>,
      command: Command,
    ) => {
      const choice: Choice = { ids, ...options };
      if (!saysWhich(choice)) {
        command.error('error: say which: ids, --lead, --reason, --source, or --all', { exitCode: exitCodes.usage });
      }
      const { deadLetters, sendBody } = await stack();
      if (options.dryRun === true) {
        const letters = await listDeadLetters(deadLetters, choice);
        print(letters.map(view), [...letters.map(letterRow), `${letters.length} would be redriven`]);
        finish(letters.length);
        return;
      }
      const result = await redriveDeadLetters(
        {
          ...deadLetters,
          send: sendBody,
          pace: pacer(options.rate),
          onProgress: progress('redriven'),
          isInterrupted: () => interrupted,
        },
        choice,
      );
      endProgress();
      print(result, [`${result.redriven} of ${result.chosen} redriven`]);
      finish(result.chosen);
    },
  );

dlq
  .command('discard')
  .description('Gives a lead up for good; its history keeps your reason')
  .argument('<ids...>', 'events, or messages')
  .requiredOption('--reason <text>', 'why, for whoever asks later')
  .option('--yes', 'do not ask')
  .action(async (ids: readonly string[], { reason, yes }: Readonly<{ reason: string; yes?: true }>) => {
    const { deadLetters, discard } = await stack();
    const letters = await listDeadLetters(deadLetters, { ids });
    if (letters.length > 0 && yes !== true && !(await confirmed(letters))) {
      process.exitCode = exitCodes.interrupted;
      return;
    }
    const outcomes = await discardDeadLetters({ ...deadLetters, discard }, { ids }, reason);
    print(
      outcomes.map((one) => ({ ...view(one), outcome: one.outcome })),
      outcomes.map((one) => `${idOf(one).slice(0, 12)}  ${meanings[one.outcome]}`),
    );
    finish(outcomes.length);
  });

const meanings = {
  discarded: 'discarded',
  'message-only': 'message removed; no event was marked by it',
  stale: 'message removed; its event was settled before',
  moved: 'left alone: its event is being worked on',
} as const;

const confirmed = async (letters: readonly Letter[]): Promise<boolean> => {
  if (!process.stdin.isTTY) throw new Error('Nobody is there to be asked: add --yes.');
  process.stderr.write(`${letters.map(letterRow).join('\n')}\n`);
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await terminal.question(`Discard ${letters.length}? [y/N] `);
  terminal.close();
  return /^y(es)?$/i.test(answer.trim());
};

type Replaying = Readonly<{
  source: string;
  since: string;
  until: string;
  state?: EventState;
  mail: boolean | undefined;
  rate?: number;
  dryRun?: true;
}>;

program
  .command('replay')
  .description('Enriches events again from their raw payloads')
  .requiredOption('--source <id>', 'of this source')
  .requiredOption('--since <time>', 'received from this time on', instant)
  .requiredOption('--until <time>', 'received up to this time', instant)
  .option('--state <state>', 'in this state only', state)
  .option('--mail', 'mail them again')
  .option('--no-mail', 'refresh the enriched object and the lead, without a mail')
  .option('--rate <n>', 'so many per second at most', perSecond)
  .option('--dry-run', 'only say which')
  .action(async (options: Replaying, command: Command) => {
    if (command.getOptionValueSource('mail') !== 'cli') {
      command.error('error: say --mail for a new mail of each, or --no-mail', { exitCode: exitCodes.usage });
    }
    const { scan, reopen, sendMessage } = await stack();
    const events = await scan(options);
    const result =
      options.dryRun === true
        ? { replayed: 0, skipped: 0 }
        : await replayEvents(
            {
              reopen,
              send: sendMessage,
              pace: pacer(options.rate),
              onProgress: progress('replayed'),
              isInterrupted: () => interrupted,
            },
            events,
            options.mail === true,
          );
    endProgress();
    print({ found: events.length, ...result }, [
      `${events.length} found, ${result.replayed} replayed, ${result.skipped} left to the pipeline, which is at work on them`,
    ]);
    finish(events.length);
  });

program
  .command('lead')
  .description('Tells what happened to a lead, what is due, and why there was no mail')
  .argument('<id>', 'the lead')
  .action(async (id: string) => {
    if (!leadId.is(id))
      throw new Error('That is no lead id: 1 to 128 printable characters, without spaces or slashes.');
    const { lead, events } = await (await stack()).history(id);
    print(
      { lead: lead ?? null, events: events.map((event) => ({ ...event, timeline: eventTimeline(event) })) },
      events.flatMap((event) => [
        `${event.event_id.slice(0, 12)} from ${event.source}: ${standing(event)}`,
        ...eventTimeline(event).map(({ at, what, reason = '' }) => `  ${at}  ${what} ${reason}`.trimEnd()),
      ]),
    );
    finish(events.length);
  });

const standing = ({ state: now, due_at = '', reason, attempts = 0, lease_until = '' }: Event): string => {
  switch (now) {
    case 'NOTIFIED':
      return 'enriched and mailed';
    case 'RECEIVED':
      return reason === undefined
        ? `no mail yet: due at ${due_at}`
        : `no mail yet: ${reason} (try ${attempts}), comes again`;
    case 'CLAIMED':
      return `no mail yet: a worker is at it until ${lease_until}`;
    case 'FAILED':
      return `no mail: ${reason ?? 'unknown'}; its message is in the dead-letter queue`;
    case 'DISCARDED':
      return 'no mail: an operator discarded it';
  }
};

type Event = Parameters<typeof eventTimeline>[0];

program.parseAsync().then(
  () => process.exit(),
  (error: unknown) => {
    endProgress();
    // Commander has told its own errors; asking for help is none.
    if (error instanceof CommanderError) process.exit(error.exitCode === 0 ? exitCodes.ok : exitCodes.usage);
    console.error(maskAddresses(error instanceof Error ? error.message : String(error)));
    process.exit(exitCodes.failed);
  },
);
