import type { Command } from 'commander';
import type { LeadId } from '../../../shared/lead/lead-id';
import {
  findMissingDeadLetters,
  latestMoveMinutes,
  type MissingDeadLetters,
} from '../../../shared/operations/find-missing-dead-letters';
import { redriveMissingDeadLetters } from '../../../shared/operations/redrive-missing-dead-letters';
import { failedEventView } from '../../../shared/operations/views/failed-event-view';
import type { StoreFailure } from '../../../shared/ports/store-failure';
import type { EventItem } from '../../../shared/stored/event-item';
import { counted } from '../../../shared/operations/views/counted';
import { commandWith, type Manual } from '../../manual/manual';
import type { Session } from '../../session';
import { confirm } from '../../terminal/confirm';
import { failedEventHeading, failedEventRow } from '../../terminal/failed-event-rows';
import { noteUnreadable } from '../../terminal/note-unreadable';
import { leadIdText, minutes, perSecond } from '../../terminal/options';
import { pacer } from '../../terminal/pacer';
import { openDeadLetters, type OpenDeadLetters } from './open-dead-letters';

type MissingOptions = Readonly<{
  lead?: LeadId;
  source?: string;
  redrive?: true;
  maybeMailed?: true;
  olderThan: number;
  rate?: number;
  yes?: true;
}>;

const manual: Manual = {
  details: [
    'Compares the failed events with the dead-letter queue. An event is missing there if SQS deleted its message after ' +
      '14 days, if a person deleted it, or if leadline rebuild wrote the event.',
  ],
  examples: [
    ['Failed events without a dead letter', 'leadline dlq missing'],
    ['Bring those of a lead back', 'leadline dlq missing --lead test-2 --redrive'],
    ['Bring those of a source back, 5 a second', 'leadline dlq missing --source billing --redrive --rate 5'],
  ],
  exitCodes: { 3: 'with --redrive: there was nothing to redrive' },
  seeAlso: ['dlq list', 'rebuild', 'docs/recovery.md'],
};

/** `leadline dlq missing` */
export const missingCommand = (session: Session): Command =>
  commandWith('missing', manual)
    .description('Lists failed events without a dead letter, for example because SQS deleted it after 14 days')
    .option('--lead <id>', 'only those of this lead', leadIdText)
    .option('--source <id>', 'only those of this source')
    .option(
      '--older-than <minutes>',
      'only those that failed at least this many minutes ago',
      minutes,
      latestMoveMinutes,
    )
    .option('--redrive', 'send them to be enriched again at once')
    .option('--maybe-mailed', 'also those of which a mail may have been sent; they may be mailed a second time')
    .option('--rate <n>', 'at most this many messages per second', perSecond)
    .option('--yes', 'do not ask for confirmation')
    .action(async (options: MissingOptions) => {
      const stack = await openDeadLetters(session);
      const missing = await findMissing(session, stack, options);
      const withMaybeMailed = options.maybeMailed === true;
      noteLimits(session, missing, withMaybeMailed);
      const events = withMaybeMailed ? [...missing.events, ...missing.maybeMailed] : missing.events;
      const isRedrive = options.redrive === true;
      if (isRedrive && events.length > 0) await redrive(session, stack, events, options);
      else list(session, events, isRedrive);
      session.finish({ nothingMatched: isRedrive && events.length === 0 });
    });

const findMissing = async (
  session: Session,
  stack: OpenDeadLetters,
  options: MissingOptions,
): Promise<MissingDeadLetters> => {
  const { events, unreadable } = await failedEvents(stack, options);
  noteUnreadable(session, unreadable);
  const before = new Date(Date.now() - options.olderThan * 60_000).toISOString();
  return findMissingDeadLetters(stack.deadLetters, events, before);
};

/** Events that may have failed, and the keys of records that cannot be decoded. One lead is read without a scan. */
const failedEvents = async (
  { scan, history }: OpenDeadLetters,
  { lead, source }: MissingOptions,
): Promise<Readonly<{ events: readonly EventItem[]; unreadable: readonly string[] }>> => {
  if (lead === undefined) return scan({ state: 'FAILED', ...(source === undefined ? {} : { source }) });
  const { events, unreadable } = await history(lead);
  return {
    events: events.filter((event) => source === undefined || event.source === source),
    unreadable: unreadable.map(keyOf),
  };
};

const keyOf = (failure: StoreFailure): string =>
  failure.kind === 'unreadable' && failure.item !== undefined
    ? `${failure.item.pk} ${failure.item.sk}`
    : `a record of ${failure.store}`;

const noteLimits = ({ note }: Session, { held, maybeMailed }: MissingDeadLetters, withMaybeMailed: boolean): void => {
  if (held > 0) note(`About ${held} dead letters are held by other consumers. Their events may be listed here.`);
  if (!withMaybeMailed && maybeMailed.length > 0)
    note(
      `Left out: ${counted(maybeMailed.length, 'event')} of which a mail may have been sent. ` +
        'Add --maybe-mailed to include them.',
    );
};

const redrive = async (
  session: Session,
  { noteRedrive, sendBody }: OpenDeadLetters,
  events: readonly EventItem[],
  { rate, yes }: MissingOptions,
): Promise<void> => {
  if (yes !== true) {
    for (const event of events) session.note(failedEventRow(failedEventView(event)));
    await confirm(session, 'Redrive', events.length, 'redriven');
  }
  const { onProgress, isInterrupted, interruption } = session;
  const redriven = await redriveMissingDeadLetters(
    { noteRedrive, send: sendBody, pace: pacer(rate, interruption), onProgress, isInterrupted },
    events,
  );
  session.print({ redriven, chosen: events.length }, [`${redriven} of ${events.length} redriven`]);
};

const list = ({ print }: Session, events: readonly EventItem[], isRedrive: boolean): void => {
  const views = events.map(failedEventView);
  print(isRedrive ? { redriven: 0, chosen: 0 } : views, [
    failedEventHeading,
    ...views.map(failedEventRow),
    `${events.length} failed events without a dead letter`,
  ]);
};
