import { Command } from 'commander';
import type { EventState } from '../shared/lead/event-item';
import { replayEvents } from '../shared/operations/replay';
import { exitCodes } from './exit-codes';
import { instant, pacer, perSecond, state } from './options';
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
export const replayCommand = ({ stack, print, note, onProgress, isInterrupted, finish }: Session): Command =>
  new Command('replay')
    .description('Enriches events again from their raw payloads')
    .requiredOption('--source <id>', 'of this source')
    .requiredOption('--since <time>', 'received from this time on', instant)
    .requiredOption('--until <time>', 'received up to this time', instant)
    .option('--state <state>', 'in this state only', state)
    .option('--mail', 'mail them again')
    .option('--no-mail', 'refresh the enriched object and the lead, without a mail')
    .option('--rate <n>', 'so many per second at most', perSecond)
    .option('--dry-run', 'only say how many')
    .action(async (options: Replaying, command: Command) => {
      if (command.getOptionValueSource('mail') !== 'cli') {
        command.error('error: say --mail for a new mail of each, or --no-mail', { exitCode: exitCodes.usage });
      }
      const { scan, reopen, sendMessage } = await stack();
      const { events, unreadable } = await scan(options);
      if (unreadable.length > 0)
        note(`${unreadable.length} records can't be read, and are left out: ${unreadable.join(', ')}`);
      const ports = { reopen, send: sendMessage, pace: pacer(options.rate), onProgress, isInterrupted };
      const { replayed, skipped } =
        options.dryRun === true
          ? { replayed: 0, skipped: 0 }
          : await replayEvents(ports, events, options.mail === true);
      print({ found: events.length, replayed, skipped }, [
        `${events.length} found, ${replayed} replayed, ${skipped} left to the pipeline, which is at work on them`,
      ]);
      finish({ nothingMatched: events.length === 0 });
    });
