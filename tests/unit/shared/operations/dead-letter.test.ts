import { idOf, reasonOf } from '../../../../shared/operations/dead-letter';
import { arbitraryEvent } from '../../../support/arbitrary-event';
import { failedEvent, messageAbout, refreshOf, unreadableMessage } from './operator-double';

describe('the id of a dead letter', () => {
  it('is that of its event', () => {
    const event = failedEvent();
    expect(idOf({ message: messageAbout(event), event })).toBe(event.event_id);
  });

  it.each(['~', 'x', ' '.repeat(9), '--all-of-them', 'ann@example.com', 'token=12345678'])(
    'is that of its message if the id of its event cannot be typed: %j',
    (event_id) => {
      const event = failedEvent({ event_id });
      const message = messageAbout(event);
      expect(idOf({ message, event })).toBe(message.messageId);
    },
  );

  it('is that of its message if the message cannot be decoded', () => {
    const message = unreadableMessage();
    expect(idOf({ message, event: undefined })).toBe(message.messageId);
  });
});

describe('the reason of a dead letter', () => {
  const event = failedEvent({ reason: 'mail-refused' });
  const message = messageAbout(event);
  const noEvent = { message, event: undefined };

  it.each([
    ['why its event failed', { message, event }, 'mail-refused'],
    [
      'message-unreadable if its body cannot be decoded',
      { ...noEvent, message: unreadableMessage() },
      'message-unreadable',
    ],
    ['refresh-failed if it asks for a refresh', { message: refreshOf(event), event }, 'refresh-failed'],
    [
      'store-unreadable if the record of its event cannot be decoded',
      { ...noEvent, unreadable: { leadId: event.lead_id, eventId: event.event_id } },
      'store-unreadable',
    ],
    [
      'mailed if its event was mailed since, whatever failed before',
      { message, event: arbitraryEvent({ state: 'NOTIFIED', reason: 'mail-refused' }) },
      'mailed',
    ],
    [
      'that of its last failure if its event is only assumed to be mailed',
      {
        message,
        event: arbitraryEvent({ state: 'NOTIFIED', reason: 'mail-unconfirmed', mail_claims: new Set(['c']) }),
      },
      'mail-unconfirmed',
    ],
    ['why its raw object leads to no event', { ...noEvent, noEvent: 'raw-missing' as const }, 'raw-missing'],
    ['not-recorded if no record gives one', noEvent, 'not-recorded'],
  ])('is %s', (_what, deadLetter, reason) => {
    expect(reasonOf(deadLetter)).toBe(reason);
  });
});
