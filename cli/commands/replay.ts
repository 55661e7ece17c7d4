import { Command } from 'commander';
import type { EventItem } from '../../shared/stored/event-item';
import type { EventState } from '../../shared/stored/event-state';
import {
  countsByState,
  countsOf,
  countsText,
  textOf,
  isBefore,
  isReplayable,
  planOf,
  replayEvents,
} from '../../shared/operations/replay';
import { telling } from '../../shared/operations/unfinished';
import { confirm } from '../terminal/confirm';
import { exitCodes } from '../terminal/exit-codes';
import { moment } from '../terminal/moment';
import { pacer, perSecond, state } from '../terminal/options';
import type { Session } from '../session';

type Replaying = Readonly<{
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
}>;

/** `leadline replay` */
export const replayCommand = (session: Session): Command => {
  const { print, note, onProgress, isInterrupted, interruption, finish } = session;
  const said = new Set<string>();
  return new Command('replay')
    .description('Enriches events again from their raw payloads')
    .requiredOption('--source <id>', 'of this source')
    .requiredOption('--since <time>', 'received from this time on', moment)
    .requiredOption('--until <time>', 'received up to this time', moment)
    .option('--state <state>', 'in this state only; without it, all but DISCARDED', state)
    .option('--mail', 'mail them again')
    .option('--no-mail', 'refresh the enriched object and the lead, without a mail')
    .on('option:mail', () => said.add('mail'))
    .on('option:no-mail', () => said.add('no-mail'))
    .option('--rate <n>', 'so many per second at most', perSecond)
    .option('--resume <time>', 'leave out what a run has replayed that began then, and was interrupted', moment)
    .option('--dry-run', 'only say how many would be')
    .option(
      '--again',
      'with --no-mail: also events whose earlier refresh has not ended, for example because its message was deleted',
    )
    .option('--yes', 'do not ask')
    .action(async (options: Replaying, command: Command) => {
      refuseContradictions(said, options, command);
      const withMail = options.mail === true;
      const { scan, reopen, askForRefresh, giveUpRefresh, sendMessage } = await session.stack();
      const { events: scanned, unreadable } = await scan(options);
      if (unreadable.length > 0)
        note(`${unreadable.length} records can't be read, and are left out: ${unreadable.join(', ')}`);
      const { included, leftOut } = planOf(scanned.filter(isBefore(options.resume ?? forever)), options.state);
      const toReplay = included.filter(isReplayable(withMail));
      const found = included.length;
      const counts = { by_state: countsByState(toReplay), left_out: countsByState(leftOut) };
      if (leftOut.length > 0)
        note(`Left out: ${countsText(leftOut)}, because an operator gave them up. Name them with --state DISCARDED.`);
      const failedRefreshes = countsOf(
        included.flatMap(({ refresh_failed_at = '', refreshed_at = '', refresh_failed_reason: why }) =>
          why === undefined || refresh_failed_at < refreshed_at ? [] : [why],
        ),
      );
      if (!withMail && Object.keys(failedRefreshes).length > 0)
        note(`The last refresh failed: ${textOf(failedRefreshes)}`);
      if (options.dryRun === true) {
        const skipped = found - toReplay.length;
        print({ found, would_replay: toReplay.length, skipped, ...counts }, [
          `${found} found, ${toReplay.length} would be replayed${inBrackets(toReplay)}, ${skipped} ${leftToThePipeline}`,
        ]);
      } else {
        if (toReplay.length > 0) {
          note(`To be replayed ${withMail ? 'with a new mail each' : 'without a mail'}: ${countsText(toReplay)}`);
          if (options.yes !== true) await confirm(session, 'Replay', toReplay.length, 'replayed');
        }
        const ports = {
          reopen,
          askForRefresh: (event: EventItem) => askForRefresh(event, options.again === true),
          giveUpRefresh,
          send: sendMessage,
          pace: pacer(options.rate, interruption),
          onProgress,
          isInterrupted,
        };
        // The first run's start stays the one to go on from: what it has replayed is left out by it.
        const startedAt = options.resume ?? new Date().toISOString();
        const { replayed, skipped } = await telling(
          () => ({ started_at: startedAt }),
          () => replayEvents(ports, included, withMail),
        );
        if (isInterrupted() && withMail) note(`Interrupted: go on with the same command and --resume ${startedAt}`);
        print({ started_at: startedAt, found, replayed, skipped, ...counts }, [
          `${found} found, ${replayed} replayed, ${skipped} ${withMail ? leftToThePipeline : 'left out: an earlier refresh of them has not ended'}`,
        ]);
      }
      finish({ nothingMatched: found === 0 });
    });
};

const inBrackets = (events: readonly EventItem[]): string => (events.length === 0 ? '' : ` (${countsText(events)})`);

/** Later than any moment. */
const forever = '9999-12-31T23:59:59.999Z';

const leftToThePipeline = 'left to the pipeline, which is at work on them';

/** Before anything is asked of AWS. Commander takes the last of `--mail` and `--no-mail`: what is mailed can't be taken back, so it is not guessed. */
const refuseContradictions = (
  said: ReadonlySet<string>,
  { since, until, resume }: Replaying,
  command: Command,
): void => {
  const refuse = (why: string): never => command.error(`error: ${why}`, { exitCode: exitCodes.usage });
  if (said.size === 0) refuse('say --mail for a new mail of each, or --no-mail');
  if (said.size === 2) refuse('say either --mail or --no-mail');
  // A refresh can be done as often as one likes, and leaves no mark to go by.
  if (resume !== undefined && said.has('no-mail'))
    refuse('--resume goes with --mail: without a mail, run all of it again');
  if (since > until) refuse(`--since ${since} is after --until ${until}`);
};
