import { checkOutcomes } from '../../../../bench/load/check-outcomes';
import type { Outcomes } from '../../../../bench/load/outcomes';
import type { Sent } from '../../../../bench/load/send-lead';

const accepted = (eventId: string): Sent => ({ dueMs: 0, endedMs: 1, answers: [202], eventId });

const notified = { state: 'NOTIFIED', dueMs: 1, notifiedMs: 2 };

const good: Outcomes = {
  events: new Map([
    ['a', notified],
    ['b', notified],
  ]),
  mails: new Map([
    ['a', 1],
    ['b', 1],
  ]),
  deadLetters: 0,
};

const failures = (outcomes: Partial<Outcomes>, sent: readonly Sent[] = [accepted('a'), accepted('b')]) =>
  checkOutcomes(sent, { ...good, ...outcomes }).flatMap(({ violations }) => violations);

test('a run that mailed each lead once has no failure', () => {
  expect(failures({})).toStrictEqual([]);
});

test.each<[string, Partial<Outcomes>, readonly string[]]>([
  ['an event that is gone', { events: new Map([['a', notified]]) }, ['b: is gone']],
  [
    'an event that was not mailed',
    { events: new Map([...good.events, ['b', { ...notified, state: 'RECEIVED' }]]), mails: new Map([['a', 1]]) },
    ['b: is RECEIVED', 'b: has 0 mails'],
  ],
  ['a second mail', { mails: new Map([...good.mails, ['a', 2]]) }, ['a: has 2 mails']],
  ['an event without a sender', { events: new Map([...good.events, ['c', notified]]) }, ['c: is unknown']],
  ['a dead letter', { deadLetters: 1 }, ['1 dead letters']],
])('%s is a failure', (_, outcomes, expected) => {
  expect(failures(outcomes)).toStrictEqual(expected);
});

test('a lead that its sender gave up is a failure, and so are two leads that became one event', () => {
  const givenUp: Sent = { dueMs: 0, endedMs: 1, answers: [503, 503] };
  expect(failures({}, [accepted('a'), accepted('b'), givenUp])).toStrictEqual(['lead 2: 503, 503']);
  expect(failures({}, [accepted('a'), accepted('b'), accepted('a')])).toStrictEqual(['3 leads, 2 events']);
});
