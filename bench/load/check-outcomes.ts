import { check, type Check, naming } from '../../tests/faults/check';
import type { Outcomes } from './outcomes';
import type { Sent } from './send-lead';

/** Nothing is lost, and nothing is done twice. */
export const checkOutcomes = (sent: readonly Sent[], { events, mails, deadLetters }: Outcomes): readonly Check[] => {
  const accepted = sent.flatMap(({ eventId }) => (eventId === undefined ? [] : [eventId]));
  const known = new Set(accepted);
  return [
    check(
      'each sender got a 2xx in the end',
      sent.flatMap(({ eventId, answers }, index) =>
        eventId === undefined ? [`lead ${index}: ${answers.join(', ')}`] : [],
      ),
    ),
    check(
      'each lead is an event of its own',
      known.size === accepted.length ? [] : [`${accepted.length} leads, ${known.size} events`],
    ),
    check(
      'each accepted event is NOTIFIED',
      naming(known)((id) => {
        const state = events.get(id)?.state ?? 'gone';
        return state === 'NOTIFIED' ? undefined : `is ${state}`;
      }),
    ),
    check(
      'each accepted event has exactly one mail',
      naming(known)((id) => {
        const number = mails.get(id) ?? 0;
        return number === 1 ? undefined : `has ${number} mails`;
      }),
    ),
    check(
      'there is no event and no mail that no sender knows of',
      naming(new Set([...events.keys(), ...mails.keys()]))((id) => (known.has(id) ? undefined : 'is unknown')),
    ),
    check('there are no dead letters', deadLetters === 0 ? [] : [`${deadLetters} dead letters`]),
  ];
};
