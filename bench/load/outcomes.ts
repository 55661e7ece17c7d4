import * as E from 'fp-ts/Either';
import * as t from 'io-ts';
import type { Stack } from '../../tests/stack/cloud';
import { countedBy } from '../../tests/faults/snapshot';
import { mailedEvent } from '../../tests/support/mailed-event';

/** What the table says of an event. Times are milliseconds since the epoch. */
export type EventOutcome = Readonly<{ state: string; dueMs: number; notifiedMs?: number }>;

/** What a run left behind. */
export type Outcomes = Readonly<{
  events: ReadonlyMap<string, EventOutcome>;
  /** How many mails SES accepted, by event id. */
  mails: ReadonlyMap<string, number>;
  deadLetters: number;
}>;

/** What this page needs of an event item. `shared/stored/event-item.ts` describes all of it. */
const event = t.intersection([
  t.type({ event_id: t.string, state: t.string, due_at: t.string }),
  t.partial({ notified_at: t.string }),
]);

const outcomeOf = ({ state, due_at, notified_at }: t.TypeOf<typeof event>): EventOutcome => ({
  state,
  dueMs: Date.parse(due_at),
  ...(notified_at === undefined ? {} : { notifiedMs: Date.parse(notified_at) }),
});

/** Reads the table, the mails and the dead letters once, when nothing runs any more. */
export const readOutcomes = async (stack: Stack): Promise<Outcomes> => {
  const items = await stack.items();
  const events = items.flatMap((item) => {
    const decoded = event.decode(item);
    return E.isRight(decoded) ? [[decoded.right.event_id, outcomeOf(decoded.right)] as const] : [];
  });
  return {
    events: new Map(events),
    mails: countedBy((await stack.mails()).map(({ text }) => mailedEvent(text) ?? 'no event')),
    deadLetters: (await stack.deadLetters()).length,
  };
};
