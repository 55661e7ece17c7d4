import { findMissingDeadLetters } from '../../../../shared/operations/find-missing-dead-letters';
import type { EventItem } from '../../../../shared/stored/event-item';
import { failedEvent, messageAbout, operatorDouble, refreshOf } from './operator-double';
import type { AboutEvent } from '../../../support/arbitrary-event';

const before = '2026-06-01T12:00:00.000Z';
const earlier = '2026-06-01T11:59:59.999Z';

const event = (about: AboutEvent = {}): EventItem => failedEvent({ failed_at: earlier, ...about });

describe('finding failed events without a dead letter', () => {
  it('lists those that the dead-letter queue does not have', async () => {
    const [present, missing] = [event(), event()];
    const { ports } = operatorDouble([present, missing], [messageAbout(present)], 3);
    expect(await findMissingDeadLetters(ports, [present, missing], before)).toStrictEqual({
      events: [missing],
      maybeMailed: [],
      held: 3,
    });
  });

  it('lists an event whose only dead letter is that of a refresh', async () => {
    const refreshed = event();
    const { ports } = operatorDouble([refreshed], [refreshOf(refreshed)]);
    expect(await findMissingDeadLetters(ports, [refreshed], before)).toMatchObject({ events: [refreshed] });
  });

  it.each<[string, AboutEvent]>([
    ['has not failed', { state: 'NOTIFIED' }],
    ['failed later', { failed_at: before }],
    ['was redriven later', { redriven_at: before }],
  ])('leaves out an event that %s', async (_what, about) => {
    const { ports } = operatorDouble([], []);
    expect(await findMissingDeadLetters(ports, [event(about)], before)).toMatchObject({ events: [], maybeMailed: [] });
  });

  it.each<[string, AboutEvent]>([
    ['a mail is unconfirmed', { reason: 'mail-unconfirmed' }],
    ['a mail was sent', { notified_at: earlier }],
    ['a claim may have sent a mail', { mail_claims: new Set(['claim']) }],
  ])('lists separately an event of which %s', async (_what, about) => {
    const mailed = event(about);
    const { ports } = operatorDouble([], []);
    expect(await findMissingDeadLetters(ports, [mailed], before)).toMatchObject({ events: [], maybeMailed: [mailed] });
  });
});
