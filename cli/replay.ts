import { Command } from 'commander';
import type { EventState } from '../shared/lead/event-item';
import { isBefore, isReplayable, replayEvents } from '../shared/operations/replay';
import { telling } from '../shared/operations/unfinished';
import { exitCodes } from './exit-codes';
import { moment } from './moment';
import { pacer, perSecond, state } from './options';
import type { Session } from './session';

type Replaying = Readonly<{
  source: string;
  since: string;
  until: string;
  state?: EventState;
  mail: boolean | undefined;
  rate?: number;
  dryRun?: true;
  resume?: string;
}>;

/** `leadline replay` */
export const replayCommand = ({
  stack,
  print,
  note,
  onProgress,
  isInterrupted,
  interruption,
  finish,
}: Session): Command => {
  const said = new Set<string>();
  return new Command('replay')
    .description('Enriches events again from their raw payloads')
    .requiredOption('--source <id>', 'of this source')
    .requiredOption('--since <time>', 'received from this time on', moment)
    .requiredOption('--until <time>', 'received up to this time', moment)
    .option('--state <state>', 'in this state only', state)
    .option('--mail', 'mail them again')
    .option('--no-mail', 'refresh the enriched object and the lead, without a mail')
    .on('option:mail', () => said.add('mail'))
    .on('option:no-mail', () => said.add('no-mail'))
    .option('--rate <n>', 'so many per second at most', perSecond)
    .option('--resume <time>', 'leave out what a run has replayed that began then, and was interrupted', moment)
    .option('--dry-run', 'only say how many would be')
    .action(async (options: Replaying, command: Command) => {
      refuseContradictions(said, options, command);
      const withMail = options.mail === true;
      const { scan, reopen, sendMessage } = await stack();
      const { events: scanned, unreadable } = await scan(options);
      const events = scanned.filter(isBefore(options.resume ?? forever));
      if (unreadable.length > 0)
        note(`${unreadable.length} records can't be read, and are left out: ${unreadable.join(', ')}`);
      const found = events.length;
      if (options.dryRun === true) {
        const wouldReplay = events.filter(isReplayable(withMail)).length;
        print({ found, would_replay: wouldReplay, skipped: found - wouldReplay }, [
          `${found} found, ${wouldReplay} would be replayed, ${found - wouldReplay} ${leftToThePipeline}`,
        ]);
      } else {
        const ports = { reopen, send: sendMessage, pace: pacer(options.rate, interruption), onProgress, isInterrupted };
        // The first run's start stays the one to go on from: what it has replayed is left out by it.
        const startedAt = options.resume ?? new Date().toISOString();
        const { replayed, skipped } = await telling(
          () => ({ started_at: startedAt }),
          () => replayEvents(ports, events, withMail),
        );
        if (isInterrupted() && withMail) note(`Interrupted: go on with the same command and --resume ${startedAt}`);
        print({ started_at: startedAt, found, replayed, skipped }, [
          `${found} found, ${replayed} replayed, ${skipped} ${leftToThePipeline}`,
        ]);
      }
      finish({ nothingMatched: found === 0 });
    });
};

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
