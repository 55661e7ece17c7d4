import type { EventActionName } from '../../../shared/operations/leads/event-actions';
import type { EventItem } from '../../../shared/stored/event-item';
import type { Endpoint } from '../../api/endpoint';
import { discard, enrichNow, mailAgain, type Outcome, putOwner, redrive, refresh } from '../../api/lead';
import * as act from '../leads/act-on-event';
import { findEvent } from '../leads/find-event';
import { putOwnerOf } from '../leads/put-owner-of';
import type { ConsolePorts } from '../ports';
import { BadInput, type Respond } from '../respond';
import type { TaskRunner } from '../task-runner';

const readingEvent = ['dynamodb:BatchGetItem on the table'];
const changingEvent = [...readingEvent, 'dynamodb:UpdateItem on the table'];
const sending = ['sqs:SendMessage on DelayQueue'];
const takingDeadLetters = [
  'sqs:GetQueueAttributes, sqs:ReceiveMessage, sqs:ChangeMessageVisibility and sqs:DeleteMessage on DeadLetterQueue',
];

const longestReason = 512;

type EventInput = Readonly<{ id: string; event: string }>;

/** The actions on one event. Work on the dead-letter queue is a task, because it receives all messages of the queue. */
export const leadActionRoutes = (
  respond: Respond,
  { stack, pipeline, now }: Pick<ConsolePorts, 'stack' | 'pipeline' | 'now'>,
  runner: TaskRunner,
): void => {
  const allowed = async (name: EventActionName, input: EventInput): Promise<EventItem> => {
    const event = await findEvent(stack, input);
    act.requireAllowed(name, event, now());
    return event;
  };
  /** The page shows the change before the model finds it. What cannot be read now is found by the model later. */
  const showChange = async (input: EventInput): Promise<void> => {
    const event = await findEvent(stack, input).catch(() => undefined);
    if (event !== undefined) pipeline.apply(event);
  };
  const at = (
    endpoint: Endpoint<EventInput, Outcome>,
    name: EventActionName,
    work: (event: EventItem) => Promise<string>,
    rights: readonly string[],
  ): void =>
    respond(
      endpoint,
      async (input) => {
        const says = await work(await allowed(name, input));
        await showChange(input);
        return { says, task: null };
      },
      rights,
    );

  at(enrichNow, 'enrich-now', (event) => act.enrichNow(stack, event), [...readingEvent, ...sending]);
  at(refresh, 'refresh', (event) => act.refreshEvent(stack, event), [...changingEvent, ...sending]);
  at(mailAgain, 'mail-again', (event) => act.mailAgain(stack, event), [...changingEvent, ...sending]);
  respond(
    redrive,
    async (input) => {
      const event = await allowed('redrive', input);
      const task = runner.start(
        `Redriving the dead letter of ${event.lead_id}`,
        async (work) => {
          const report = await act.redriveEvent(stack, event, work);
          await showChange(input);
          return report;
        },
        [...changingEvent, ...takingDeadLetters, 'sqs:SendMessage on RetryQueue'],
      );
      return { says: null, task };
    },
    readingEvent,
  );
  respond(
    discard,
    async ({ reason, ...input }) => {
      const why = reason.trim();
      if (why === '' || why.length > longestReason)
        throw new BadInput(`Give a reason of 1 to ${longestReason} characters.`);
      const event = await allowed('discard', input);
      const task = runner.start(
        `Discarding the event of ${event.lead_id}`,
        async (work) => {
          const report = await act.discardEvent(stack, event, why, work);
          await showChange(input);
          return report;
        },
        [...changingEvent, ...takingDeadLetters],
      );
      return { says: null, task };
    },
    readingEvent,
  );
  respond(
    putOwner,
    async ({ id, owner, replaces = false }) => ({
      says: await putOwnerOf(stack.owners, id, owner, replaces),
      task: null,
    }),
    ['s3:GetObject and s3:PutObject on the lookup bucket'],
  );
};
