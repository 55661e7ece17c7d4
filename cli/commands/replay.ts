import type { Command } from 'commander';
import { isNotReplayedSince, isReplayable, isSettledAfter, planReplay } from '../../shared/operations/plan-replay';
import { type NotRemapped, remapEvent } from '../../shared/operations/remap-event';
import { type EventsToReplay, replayEvents, type ReplayPorts } from '../../shared/operations/replay-events';
import { withProgressReport } from '../../shared/operations/unfinished';
import { addCounts, type Counts, countsByState, countsOf } from '../../shared/operations/views/event-counts';
import type { EventItem } from '../../shared/stored/event-item';
import { eventState, type EventState } from '../../shared/stored/event-state';
import { commandWith, type Manual } from '../manual/manual';
import type { Session } from '../session';
import type { OpenStack } from '../stack/open-stack';
import { choiceOption } from '../terminal/choice-option';
import { confirm } from '../terminal/confirm';
import { countsText } from '../terminal/counts-text';
import { exitCodes } from '../terminal/exit-codes';
import { moment } from '../terminal/moment';
import { keysNoted, noteUnreadable } from '../terminal/note-unreadable';
import { perSecond, state } from '../terminal/options';
import { pacer } from '../terminal/pacer';

type ReplayOptions = Readonly<{
  source: string;
  since: string;
  until: string;
  state?: EventState;
  mail: boolean | undefined;
  rate?: number;
  dryRun?: true;
  yes?: true;
  again?: true;
  resume?: string;
  remap?: true;
}>;

const manual: Manual = {
  details: [
    'A time is a day (2026-01-31, from 00:00 UTC), or RFC 3339 with an offset (2026-01-31T12:00:00Z). The command counts ' +
      'the events by state and asks first, unless --yes or --dry-run is given. It can be interrupted: it then prints the ' +
      'time for --resume.',
    'Each call needs --mail or --no-mail, --dry-run as well: a replay with a mail and one without a mail leave out ' +
      'different events.',
  ],
  examples: [
    [
      'Refresh the owners of a day, without a mail',
      'leadline replay --source billing --since 2026-01-31 --until 2026-02-01 --no-mail',
    ],
    [
      'How many events of a day would be mailed again',
      'leadline replay --source billing --since 2026-01-31 --until 2026-02-01 --mail --dry-run',
    ],
    [
      'Mail what failed again, after the mapping was corrected',
      'leadline replay --source form --since 2026-01-31 --until 2026-02-01 --state FAILED --remap --mail',
    ],
  ],
  exitCodes: { 3: 'no event was found' },
  needsOneOf: ['--mail', '--no-mail'],
  seeAlso: ['dlq redrive', 'docs/operations.md'],
};

/** `leadline replay` */
export const replayCommand = (session: Session): Command => {
  const mailOptions = new Set<string>();
  return commandWith('replay', manual)
    .description('Enriches events again from their raw payloads')
    .requiredOption('--source <id>', 'only events of this source')
    .requiredOption('--since <time>', 'received at this time or later', moment)
    .requiredOption('--until <time>', 'received at this time or earlier', moment)
    .addOption(
      choiceOption(
        '--state <state>',
        'only events in this state; without it, in all states except DISCARDED',
        Object.keys(eventState.keys),
        state,
      ),
    )
    .option('--mail', 'send a new mail for each event')
    .option('--no-mail', 'refresh the enriched object and the lead, without a mail')
    .on('option:mail', () => mailOptions.add('mail'))
    .on('option:no-mail', () => mailOptions.add('no-mail'))
    .option(
      '--remap',
      'read the payloads with the present mapping of the source, instead of what was read when they arrived',
    )
    .option('--rate <n>', 'at most this many messages per second', perSecond)
    .option(
      '--resume <time>',
      'leave out what an interrupted run has replayed; the time is when that run began',
      moment,
    )
    .option('--dry-run', 'only count the events')
    .option(
      '--again',
      'with --no-mail: also events whose earlier refresh has not ended, for example because its message was deleted',
    )
    .option('--yes', 'do not ask for confirmation')
    .action(async (options: ReplayOptions, command: Command) => {
      refuseContradictions(mailOptions, options, command);
      const stack = await session.stack();
      const plan = await planFor(session, stack, options);
      if (options.dryRun === true) dryRun(session, plan);
      else await replay(session, stack, plan, options);
      session.finish({ nothingMatched: plan.found === 0 });
    });
};

/**
 * Commander keeps only the last of `--mail` and `--no-mail`. A mail cannot be taken back, so the command refuses both
 * together.
 */
const refuseContradictions = (
  mailOptions: ReadonlySet<string>,
  { since, until, resume }: ReplayOptions,
  command: Command,
): void => {
  const refuse = (why: string): never => command.error(`error: ${why}`, { exitCode: exitCodes.usage });
  if (mailOptions.size === 0) refuse('choose --mail, which sends a new mail for each event, or --no-mail');
  if (mailOptions.size === 2) refuse('choose either --mail or --no-mail');
  // A refresh can be repeated without harm, and leaves no time in the event by which a run could resume.
  if (resume !== undefined && mailOptions.has('no-mail'))
    refuse('--resume works only with --mail. Without a mail, run the whole command again');
  if (since > until) refuse(`--since ${since} is after --until ${until}`);
};

/** What a replay finds. It has counts only, because a million events do not fit into memory. */
type Plan = Readonly<{
  /** An instant in UTC. What was received or finished later is not replayed. */
  at: string;
  found: number;
  /** Those of the found events that can be replayed now. */
  replayable: Counts<EventState>;
  leftOut: Counts<EventState>;
  failedRefreshes: Counts<string>;
  unreadable: Readonly<{ count: number; keys: readonly string[] }>;
}>;

/** Later than any instant. */
const forever = '9999-12-31T23:59:59.999Z';

const planFor = async (session: Session, stack: OpenStack, options: ReplayOptions): Promise<Plan> => {
  const { note } = session;
  const plan = await countEvents(session, stack, options, new Date().toISOString());
  noteUnreadable(session, plan.unreadable.keys, plan.unreadable.count);
  if (totalOf(plan.leftOut) > 0)
    note(
      `Left out: ${countsText(plan.leftOut)}. An operator has given them up. Add --state DISCARDED to include them.`,
    );
  if (options.mail !== true && totalOf(plan.failedRefreshes) > 0)
    note(`The last refresh failed: ${countsText(plan.failedRefreshes)}`);
  return plan;
};

const countEvents = async (
  { onProgress }: Session,
  stack: OpenStack,
  options: ReplayOptions,
  at: string,
): Promise<Plan> => {
  let plan: Plan = {
    ...{ at, found: 0, replayable: {}, leftOut: {}, failedRefreshes: {} },
    unreadable: { count: 0, keys: [] },
  };
  for await (const { included, leftOut, unreadable } of pagesOf(stack, options, at)) {
    plan = {
      at,
      found: plan.found + included.length,
      replayable: addCounts(plan.replayable, countsByState(included.filter(isReplayable(options.mail === true)))),
      leftOut: addCounts(plan.leftOut, countsByState(leftOut)),
      failedRefreshes: addCounts(plan.failedRefreshes, countsOf(included.flatMap(failedRefreshReason))),
      unreadable: {
        count: plan.unreadable.count + unreadable.length,
        keys: [...plan.unreadable.keys, ...unreadable].slice(0, keysNoted),
      },
    };
    onProgress('found', plan.found, 0);
  }
  return plan;
};

/** Reads the events that a replay includes and leaves out, page by page. */
async function* pagesOf({ scanPages }: OpenStack, options: ReplayOptions, at: string) {
  const until = options.until < at ? options.until : at;
  for await (const { events, unreadable } of scanPages({ ...options, until })) {
    const due = events.filter(isNotReplayedSince(options.resume ?? forever));
    yield { ...planReplay(due, options.state), unreadable };
  }
}

/** Reads the included events again, page by page. */
async function* eachIncluded(stack: OpenStack, plan: Plan, options: ReplayOptions): AsyncGenerator<EventItem> {
  for await (const { included } of pagesOf(stack, options, plan.at)) yield* included;
}

const eventsOf = (stack: OpenStack, plan: Plan, options: ReplayOptions): EventsToReplay =>
  plan.found === 0 ? [] : { length: plan.found, [Symbol.asyncIterator]: () => eachIncluded(stack, plan, options) };

const totalOf = (counts: Counts<string>): number => Object.values(counts).reduce<number>((sum, n = 0) => sum + n, 0);

/** Why the last refresh of an event failed, if it did. */
const failedRefreshReason = ({
  refresh_failed_at = '',
  refreshed_at = '',
  refresh_failed_reason: reason,
}: EventItem): readonly string[] => (reason === undefined || refresh_failed_at < refreshed_at ? [] : [reason]);

const viewOf = ({ replayable, leftOut }: Plan) => ({
  by_state: replayable,
  left_out: leftOut,
});

const skippedByPipeline = 'left out because the pipeline is working on them';
const skippedByRefresh = 'left out because an earlier refresh of them has not ended';

const dryRun = ({ print }: Session, plan: Plan): void => {
  const { found, replayable } = plan;
  const count = totalOf(replayable);
  const skipped = found - count;
  const states = count === 0 ? '' : ` (${countsText(replayable)})`;
  print({ found, would_replay: count, skipped, ...viewOf(plan) }, [
    `${found} found, ${count} would be replayed${states}, ${skipped} ${skippedByPipeline}`,
  ]);
};

const replay = async (session: Session, stack: OpenStack, plan: Plan, options: ReplayOptions): Promise<void> => {
  const { note, print, isInterrupted } = session;
  const { found, replayable } = plan;
  const withMail = options.mail === true;
  const count = totalOf(replayable);
  if (count > 0) {
    note(`To be replayed ${withMail ? 'with a new mail each' : 'without a mail'}: ${countsText(replayable)}`);
    if (options.yes !== true) await confirm(session, 'Replay', count, 'replayed');
  }
  // A resumed run keeps the start of the first run, so that it can be resumed again.
  const startedAt = options.resume ?? new Date().toISOString();
  const { replayed, skipped, not_remapped } = await withProgressReport(
    () => ({ started_at: startedAt }),
    () => replayEvents(portsOf(session, stack, plan, options), eventsOf(stack, plan, options), withMail),
  );
  if (isInterrupted() && withMail) note(`Interrupted. To continue, run the same command with --resume ${startedAt}`);
  const remapped = not_remapped === undefined ? {} : { not_remapped };
  print({ started_at: startedAt, found, replayed, skipped, ...remapped, ...viewOf(plan) }, [
    `${found} found, ${replayed} replayed, ${skipped} ${withMail ? skippedByPipeline : skippedByRefresh}`,
    ...notRemappedLines(not_remapped ?? {}),
  ]);
};

const whyNotRemapped: Readonly<Record<NotRemapped, string>> = {
  'not-a-lead': 'left out because the present mapping of the source does not read a lead from them',
  'another-lead': 'left out because the present mapping reads another lead_id from them',
  held: 'left out because the pipeline is working on them',
};

const notRemappedLines = (counts: Readonly<Partial<Record<NotRemapped, number>>>): readonly string[] =>
  (['not-a-lead', 'another-lead', 'held'] as const).flatMap((why) =>
    counts[why] === undefined ? [] : [`${counts[why]} ${whyNotRemapped[why]}`],
  );

/**
 * An event that was finished since the plan was made counts as one that the pipeline works on: the operator did not
 * confirm another mail for it.
 */
const portsOf = (
  { onProgress, isInterrupted, interruption }: Session,
  { reopen, askForRefresh, giveUpRefresh, sendMessage, remap }: OpenStack,
  { at }: Plan,
  { rate, again, mail, remap: isRemapping }: ReplayOptions,
): ReplayPorts => {
  const isLate = (event: EventItem): boolean => mail === true && isSettledAfter(at)(event);
  return {
    reopen: (event) => (isLate(event) ? Promise.resolve(event) : reopen(event)),
    askForRefresh: (event) => askForRefresh(event, again === true),
    giveUpRefresh,
    send: sendMessage,
    ...(isRemapping === true
      ? { remap: (event: EventItem) => (isLate(event) ? Promise.resolve('held' as const) : remapEvent(remap, event)) }
      : {}),
    pace: pacer(rate, interruption),
    onProgress,
    isInterrupted,
  };
};
