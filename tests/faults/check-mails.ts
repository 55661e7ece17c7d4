import { check, type Check, naming } from './check';
import type { Snapshot } from './snapshot';
import type { EventOnWire } from './wire-journal';

/** How many mails each event has, compared with the calls that the proxy saw. */
export const checkMails = ({ events, mails }: Snapshot, onWire: (eventId: string) => EventOnWire): readonly Check[] => {
  const ids = new Set([...mails.keys(), ...events.keys()]);
  return [
    check(
      'each NOTIFIED event was mailed',
      naming(events.keys())((id) =>
        events.get(id)?.state === 'NOTIFIED' && !mails.has(id) ? 'is NOTIFIED without a mail' : undefined,
      ),
    ),
    check(
      'each mail was sent under a claim of its own',
      naming(ids)((id) => {
        const claims = onWire(id).claimIds.size;
        const number = mails.get(id) ?? 0;
        return number > claims ? `was mailed ${number} times under ${claims} claims` : undefined;
      }),
    ),
    check(
      'a second mail only where the mark of the first did not land',
      naming(ids)((id) => {
        const { markIds } = onWire(id);
        return markIds.size > 1
          ? `was marked NOTIFIED by ${markIds.size} workers, so ${mails.get(id) ?? 0} mails`
          : undefined;
      }),
    ),
    check(
      'no mail whose mark landed is about an event that is not NOTIFIED',
      naming(ids)((id) =>
        onWire(id).markIds.size > 0 && events.get(id)?.state !== 'NOTIFIED'
          ? `was mailed and marked, and is ${events.get(id)?.state ?? 'gone'}`
          : undefined,
      ),
    ),
    check(
      'the proxy saw each mail that SES accepted',
      naming(ids)((id) => {
        const seen = onWire(id).mails.length;
        const number = mails.get(id) ?? 0;
        return seen === number ? undefined : `SES accepted ${number} mails, the proxy saw ${seen}`;
      }),
    ),
  ];
};
