import {
  type Choice,
  confirmedIds,
  hasCriterion,
  isChosen,
  unmatchedIds,
} from '../../../../shared/operations/choose-dead-letters';
import type { DeadLetter } from '../../../../shared/operations/dead-letter';
import { all, failedEvent, messageAbout, unreadableMessage } from './operator-double';

const deadLetterOf = (event = failedEvent()): DeadLetter => ({ message: messageAbout(event), event });

const mine = deadLetterOf(failedEvent({ source: 'billing', reason: 'mail-refused' }));
const other = deadLetterOf();
const unreadable: DeadLetter = { message: unreadableMessage(), event: undefined };
const everything = [mine, other, unreadable];
const myEvent = mine.event!;

describe('a choice of dead letters', () => {
  it.each<[string, Choice]>([
    ['the id of an event', { ids: [myEvent.event_id] }],
    ['the first characters of an id', { ids: [myEvent.event_id.slice(0, 8)] }],
    ['a lead', { ids: [], lead: myEvent.lead_id }],
    ['a source', { ids: [], source: 'billing' }],
    ['a reason', { ids: [], reason: 'mail-refused' }],
    ['all of them, narrowed by a source', { ...all, source: 'billing' }],
    ['all that the operator confirmed', { ...all, confirmed: confirmedIds([mine]) }],
  ])('chooses by %s', (_what, choice) => {
    expect(everything.filter(isChosen(choice))).toStrictEqual([mine]);
  });

  it('chooses a message without an event by the id of the message', () => {
    expect(everything.filter(isChosen({ ids: [unreadable.message.messageId] }))).toStrictEqual([unreadable]);
  });

  it.each<[string, Choice]>([
    ['without a criterion', { ids: [] }],
    ['by fewer than 8 characters of an id', { ids: [myEvent.event_id.slice(0, 7)] }],
    ['by criteria that no dead letter matches together', { ids: [], source: 'billing', reason: 'owner-missing' }],
    ['that only confirms', { ids: [], confirmed: confirmedIds([mine]) }],
  ])('chooses nothing %s', (_what, choice) => {
    expect(everything.filter(isChosen(choice))).toStrictEqual([]);
  });

  it('has a criterion if it has an id, a lead, a reason or a source, or is for all', () => {
    expect(hasCriterion({ ids: [] })).toBe(false);
    expect(hasCriterion({ ids: [], source: 'billing' })).toBe(true);
    expect(hasCriterion(all)).toBe(true);
  });
});

test('ids that match no dead letter are named', () => {
  expect(unmatchedIds([myEvent.event_id.slice(0, 12), 'no-such-id'], everything)).toStrictEqual(['no-such-id']);
});
