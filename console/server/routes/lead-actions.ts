import type { EventActionName } from '../../../shared/operations/leads/event-actions';
import type { EventItem } from '../../../shared/stored/event-item';
import type { Endpoint } from '../../api/endpoint';
import { discard, enrichNow, mailAgain, type Outcome, redrive, refresh } from '../../api/lead';
import { reasonOf } from '../choice-problem';
import type { LetterDesk } from '../dead-letters/letter-desk';
import * as act from '../leads/act-on-event';
import { findEvent } from '../leads/find-event';
import type { ConsolePorts } from '../ports';
import { Conflict } from '../refusal';
import type { Respond } from '../respond';
import { changingEvents, discardingLetters, readingEvents, redrivingLetters, sendingToDelayQueue } from '../rights';
import type { Work } from '../task-runner';
import type { DoWork } from '../task-series';

type EventInput = Readonly<{ id: string; event: string }>;

/**
 * The actions on one event. Work on the dead-letter queue is a task, because it receives all messages of the queue. It
 * waits for the other tasks on the queue: while one of them holds the messages, the event would seem to have none.
 */
export const leadActionRoutes = (
  respond: Respond,
  { stack, pipeline, now }: Pick<ConsolePorts, 'stack' | 'pipeline' | 'now'>,
  { series, deadLetters }: Pick<LetterDesk, 'series' | 'deadLetters'>,
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
  /** The task before may have changed the event, so that its state is looked at again when its turn has come. */
  const inTurn =
    (name: EventActionName, input: EventInput, work: (event: EventItem, given: Work) => Promise<readonly string[]>) =>
    async (given: Work): Promise<readonly string[]> => {
      const event = await allowed(name, input).catch(whyNot);
      if (typeof event === 'string') return [`Nothing was changed. ${event}`];
      const report = await work(event, given);
      await showChange(input);
      return report;
    };
  const started = (subject: string, title: string, work: DoWork, rights: readonly string[]): Outcome => ({
    says: null,
    task: series.start({ kind: 'lead-event', subject, title }, work, rights),
  });
  const acting = { ...stack, deadLetters };

  at(enrichNow, 'enrich-now', (event) => act.enrichNow(stack, event), [...readingEvents, ...sendingToDelayQueue]);
  at(refresh, 'refresh', (event) => act.refreshEvent(stack, event), [...changingEvents, ...sendingToDelayQueue]);
  at(mailAgain, 'mail-again', (event) => act.mailAgain(stack, event), [...changingEvents, ...sendingToDelayQueue]);
  respond(
    redrive,
    async (input) => {
      const { lead_id } = await allowed('redrive', input);
      const work = inTurn('redrive', input, (event, given) => act.redriveEvent(acting, event, given, now()));
      return started(lead_id, `Redriving the dead letter of ${lead_id}`, work, redrivingLetters);
    },
    readingEvents,
  );
  respond(
    discard,
    async ({ reason, ...input }) => {
      const why = reasonOf(reason);
      const { lead_id } = await allowed('discard', input);
      const work = inTurn('discard', input, (event, given) => act.discardEvent(acting, event, why, given));
      return started(lead_id, `Discarding the event of ${lead_id}`, work, discardingLetters);
    },
    readingEvents,
  );
};

/** @throws an error that is no Conflict */
const whyNot = (error: unknown): string => {
  if (error instanceof Conflict) return error.message;
  throw error;
};
