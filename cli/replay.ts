import { Command } from 'commander';
import type { EventState } from '../shared/lead/event-item';
import { isReplayable, replayEvents } from '../shared/operations/replay';
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
}>;

/** `leadline replay` */
export const replayCommand = ({ stack, print, note, onProgress, isInterrupted, finish }: Session): Command => {
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
    .option('--dry-run', 'only say how many would be')
    .action(async (options: Replaying, command: Command) => {
      refuseContradictions(said, options, command);
      const withMail = options.mail === true;
      const { scan, reopen, sendMessage } = await stack();
      const { events, unreadable } = await scan(options);
      if (unreadable.length > 0)
        note(`${unreadable.length} records can't be read, and are left out: ${unreadable.join(', ')}`);
      const found = events.length;
      if (options.dryRun === true) {
        const wouldReplay = events.filter(isReplayable(withMail)).length;
        print({ found, would_replay: wouldReplay, skipped: found - wouldReplay }, [
          `${found} found, ${wouldReplay} would be replayed, ${found - wouldReplay} ${leftToThePipeline}`,
        ]);
      } else {
        const ports = { reopen, send: sendMessage, pace: pacer(options.rate), onProgress, isInterrupted };
        const { replayed, skipped } = await replayEvents(ports, events, withMail);
        print({ found, replayed, skipped }, [`${found} found, ${replayed} replayed, ${skipped} ${leftToThePipeline}`]);
      }
      finish({ nothingMatched: found === 0 });
    });
};

const leftToThePipeline = 'left to the pipeline, which is at work on them';

/** Before anything is asked of AWS. Commander takes the last of `--mail` and `--no-mail`: what is mailed can't be taken back, so it is not guessed. */
const refuseContradictions = (said: ReadonlySet<string>, { since, until }: Replaying, command: Command): void => {
  const refuse = (why: string): never => command.error(`error: ${why}`, { exitCode: exitCodes.usage });
  if (said.size === 0) refuse('say --mail for a new mail of each, or --no-mail');
  if (said.size === 2) refuse('say either --mail or --no-mail');
  if (since > until) refuse(`--since ${since} is after --until ${until}`);
};
