import { Command, InvalidArgumentError } from 'commander';
import type { EventItem } from '../../shared/stored/event-item';
import { bringBack, findMissing } from '../../shared/operations/missing-letters';
import { confirm } from '../terminal/confirm';
import { pacer, perSecond } from '../terminal/options';
import type { Session } from '../session';
import { tableRow } from '../terminal/table-row';

type Missing = Readonly<{
  source?: string;
  redrive?: true;
  maybeMailed?: true;
  olderThan: number;
  rate?: number;
  yes?: true;
}>;

/** SQS moves a message after its last visibility timeout: at most 10 minutes (RetryAfterSeconds), 16 after an unconfirmed mail. */
const onItsWayMinutes = 20;

const row = tableRow([14, 24, 14, 20, 0]);

/** `leadline dlq missing` */
export const missingCommand = (session: Session): Command =>
  new Command('missing')
    .description('Finds failed events whose dead letter is gone, for example because it was older than 14 days')
    .option('--source <id>', 'those of a source')
    .option('--older-than <minutes>', 'that failed so many minutes ago or more', minutes, onItsWayMinutes)
    .option('--redrive', 'bring them back: send them to be enriched again, now')
    .option('--maybe-mailed', 'also those of which a mail may be out: they may be mailed a second time')
    .option('--rate <n>', 'so many per second at most', perSecond)
    .option('--yes', 'do not ask')
    .action(async ({ source, redrive, olderThan, rate, yes, ...given }: Missing) => {
      const maybeMailed = given.maybeMailed === true;
      const { note, print, onProgress, isInterrupted, interruption, finish } = session;
      const { deadLetters, scan, noteRedrive, sendBody } = await session.stack();
      const { events: failed, unreadable } = await scan({
        state: 'FAILED',
        ...(source === undefined ? {} : { source }),
      });
      if (unreadable.length > 0)
        note(`${unreadable.length} records can't be read, and are left out: ${unreadable.join(', ')}`);
      const before = new Date(Date.now() - olderThan * 60_000).toISOString();
      const missing = await findMissing({ ...deadLetters, onProgress, isInterrupted }, failed, before);
      const chosen = maybeMailed ? [...missing.events, ...missing.maybeMailed] : missing.events;
      if (missing.held > 0)
        note(`About ${missing.held} dead letters are held by another command: events of those may be listed here.`);
      if (!maybeMailed && missing.maybeMailed.length > 0)
        note(
          `Left out: ${missing.maybeMailed.length} events of which a mail may be out. Add --maybe-mailed to include them.`,
        );
      if (redrive === true && chosen.length > 0) {
        if (yes !== true) {
          for (const event of chosen) note(lineOf(event));
          await confirm(session, 'Redrive', chosen.length, 'redriven');
        }
        const ports = { noteRedrive, send: sendBody, pace: pacer(rate, interruption), onProgress, isInterrupted };
        const redriven = await bringBack(ports, chosen);
        print({ redriven, chosen: chosen.length }, [`${redriven} of ${chosen.length} redriven`]);
      } else {
        print(redrive === true ? { redriven: 0, chosen: 0 } : chosen.map(viewOf), [
          row(['EVENT', 'LEAD', 'SOURCE', 'REASON', 'FAILED']),
          ...chosen.map(lineOf),
          `${chosen.length} failed events without a dead letter`,
        ]);
      }
      finish({ nothingMatched: redrive === true && chosen.length === 0 });
    });

const viewOf = ({ event_id, lead_id, source, reason, failed_at }: EventItem) => ({
  id: event_id,
  lead_id,
  source,
  reason: reason ?? null,
  failed_at: failed_at ?? null,
});

const lineOf = (event: EventItem): string => {
  const { id, lead_id, source, reason, failed_at } = viewOf(event);
  return row([id.slice(0, 12), lead_id, source, reason ?? '–', failed_at ?? '–']);
};

function minutes(text: string): number {
  if (!/^\d{1,6}$/.test(text)) throw new InvalidArgumentError('Give a whole number of minutes.');
  return Number(text);
}
