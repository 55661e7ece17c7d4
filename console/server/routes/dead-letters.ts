import type { EventItem } from '../../../shared/stored/event-item';
import { eventRef, eventRefKey } from '../../../shared/lead/event-ref';
import { maskAddresses } from '../../../shared/codecs/mask-addresses';
import { maskSecrets } from '../../../shared/codecs/mask-secrets';
import { eventTimeline } from '../../../shared/stored/event-timeline';
import * as api from '../../api/dead-letters';
import { mostRows } from '../../api/kept-list';
import { asConfirmed, reasonOf } from '../choice-problem';
import { includes, type KeptLetter, rowOf } from '../dead-letters/kept-letter';
import type { LetterDesk, LetterStack } from '../dead-letters/letter-desk';
import { letterGroups, sourceCounts } from '../dead-letters/letter-groups';
import { missingDesk, type MissingEvent, type MissingStack } from '../dead-letters/missing-desk';
import type { Respond } from '../respond';

/** Adds the requests of the page of dead letters. */
export const deadLetterRoutes = (
  respond: Respond,
  stack: LetterStack & MissingStack,
  letters: LetterDesk,
  now: () => Date,
): void => {
  const missing = missingDesk(stack, letters, now);
  const kept = (): readonly KeptLetter[] => [...(letters.lists()[0]?.entries.values() ?? [])];

  respond(api.deadLetters, (filter) => {
    const all = kept();
    const matching = all.filter(includes(filter));
    const { since = null, held = 0, stillHidden = 0 } = letters.lists()[0] ?? {};
    return Promise.resolve({
      ...stateOf(letters),
      since,
      total: all.length,
      matching: matching.length,
      held,
      still_hidden: stillHidden,
      groups: letterGroups(all),
      sources: sourceCounts(all),
      rows: matching.slice(0, mostRows).map((one) => rowOf(one)),
    });
  });
  respond(api.readDeadLetters, () => Promise.resolve(letters.read()));
  respond(api.deadLetter, async ({ id, personal }) => {
    const found = kept().find(({ row }) => row.message === id) ?? kept().find(({ row }) => row.id === id);
    if (found === undefined) return null;
    const isShown = personal === 'shown';
    const event = await eventOf(stack, found);
    return {
      row: rowOf(found, isShown),
      is_understood: found.isUnderstood,
      body: found.isUnderstood || isShown ? bodyText(found.body, isShown) : null,
      is_cut: found.isCut,
      event: event === undefined ? null : eventView(event, isShown),
      others: kept()
        .filter((other) => other !== found && isSameEvent(other, found))
        .map(({ row }) => row.message),
    };
  });

  const chosen = (choice: api.DeadLetterChoice): ReadonlySet<string> => {
    const { messages, filter = {} } = choice;
    const ids = messages === undefined ? undefined : new Set(messages);
    const choose = (entries: readonly KeptLetter[]) =>
      entries.filter(({ row }) => ids?.has(row.message) ?? true).filter(includes(filter));
    return new Set(asConfirmed(letters.lists(), choose, choice).map(({ row }) => row.message));
  };
  respond(api.redriveDeadLetters, (choice) => Promise.resolve(letters.redrive(chosen(choice))));
  respond(api.discardDeadLetters, ({ reason, ...choice }) =>
    Promise.resolve(letters.discard(chosen(choice), reasonOf(reason))),
  );

  const missed = (): readonly (readonly [string, MissingEvent])[] => [...(missing.lists()[0]?.entries ?? [])];
  respond(api.missing, () => {
    const all = missed();
    const { since = null, held = 0, unreadable = 0 } = missing.lists()[0] ?? {};
    return Promise.resolve({
      ...stateOf(letters),
      since,
      total: all.length,
      matching: all.length,
      maybe_mailed: all.filter(([, { isMaybeMailed }]) => isMaybeMailed).length,
      held,
      unreadable,
      rows: all.slice(0, mostRows).map(missingRow),
    });
  });
  respond(api.findMissing, () => Promise.resolve(missing.find()));
  respond(api.bringBack, ({ keys, with_maybe_mailed: withMaybeMailed, ...confirmed }) => {
    const wanted = keys === undefined ? undefined : new Set(keys);
    const choose = (entries: readonly MissingEvent[]) =>
      entries
        .filter(({ event }) => wanted?.has(eventRefKey(eventRef(event))) ?? true)
        .filter(({ isMaybeMailed }) => withMaybeMailed || !isMaybeMailed);
    const events = asConfirmed(missing.lists(), choose, confirmed).map(({ event }) => event);
    return Promise.resolve(missing.bringBack(events));
  });
};

/** The task that works on the list, and why the latest reading failed. */
const stateOf = ({ series }: LetterDesk) => ({
  task: series.working()?.id ?? null,
  problem: series.reading()?.problem ?? null,
});

const eventOf = async ({ deadLetters }: LetterStack, { event: ref }: KeptLetter): Promise<EventItem | undefined> => {
  if (ref === undefined) return undefined;
  const event = (await deadLetters.readEvents([ref])).get(eventRefKey(ref));
  return event === 'unreadable' ? undefined : event;
};

/** Reasons of a discard are free text of an operator, which may name a person. */
const eventView = (event: EventItem, isShown: boolean) => ({
  event_id: event.event_id,
  received_at: event.received_at,
  timeline: eventTimeline(event).map(({ at, what, reason }) => ({
    at,
    what,
    reason: reason === undefined ? null : isShown ? reason : maskAddresses(reason),
  })),
});

const bodyText = (body: string, isShown: boolean): string => {
  const text = maskSecrets(body);
  return isShown ? text : maskAddresses(text);
};

const isSameEvent = ({ event: one }: KeptLetter, { event: other }: KeptLetter): boolean =>
  one !== undefined && other !== undefined && eventRefKey(one) === eventRefKey(other);

const missingRow = ([key, { event, isMaybeMailed }]: readonly [string, MissingEvent]): api.MissingRow => ({
  key,
  event_id: event.event_id,
  lead_id: event.lead_id,
  source: event.source,
  reason: event.reason ?? null,
  failed_at: event.failed_at ?? null,
  maybe_mailed: isMaybeMailed,
});
