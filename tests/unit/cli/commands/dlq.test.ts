import type { QueueMessage } from '../../../../shared/stored/queue-message';
import { dlqCommand } from '../../../../cli/commands/dlq';
import { arbitraryEvent } from '../../../support/arbitrary-event';
import { running } from './session-double';

const run = running({}, dlqCommand);

describe('an option of leadline dlq that knows only certain values', () => {
  it.each([
    ['list', 'nonsense'],
    ['list', 'OWNER-MISSING'],
    ['redrive', 'nonsense'],
  ])('refuses %s --reason %s, and says which there are', async (command, reason) => {
    const { error } = await run(command, '--reason', reason);
    expect(error).toMatchObject({
      code: 'commander.invalidArgument',
      message: expect.stringMatching(/owner-missing.*mail-refused.*refresh-failed/) as string,
    });
  });
});

describe('leadline dlq missing', () => {
  const longAgo = '2026-01-01T00:00:00.000Z';
  const failed = { state: 'FAILED', reason: 'owner-missing', failed_at: longAgo } as const;

  /** A stack whose dead-letter queue has the letters of some events. */
  const missing = (inQueue: number) => {
    const events = [
      arbitraryEvent(failed),
      arbitraryEvent(failed),
      arbitraryEvent({ ...failed, failed_at: new Date().toISOString() }),
      arbitraryEvent({ ...failed, reason: 'mail-unconfirmed' }),
      arbitraryEvent({ ...failed, notified_at: longAgo }),
    ];
    const sent: QueueMessage[] = [];
    const noted: string[] = [];
    const letters = events.slice(0, inQueue).map(({ event_id, lead_id, s3_key }) => ({
      messageId: event_id,
      receiptHandle: event_id,
      sentAt: new Date(),
      body: '',
      decoded: { event_id, lead_id, s3_key },
    }));
    const run = running(
      {
        scan: () => Promise.resolve({ events, unreadable: [] }),
        noteRedrive: ({ eventId }) => Promise.resolve(void noted.push(eventId)),
        sendBody: (body) => {
          sent.push(JSON.parse(body) as QueueMessage);
          return Promise.resolve('sent');
        },
        deadLetters: {
          queue: {
            count: () => Promise.resolve({ visible: letters.length, hidden: 0 }),
            receiveAll: async function* () {
              yield await Promise.resolve(letters);
            },
            keepHidden: () => Promise.resolve([]),
            release: () => Promise.resolve([]),
            remove: () => Promise.resolve(),
          },
          eventOfRaw: () => Promise.resolve('raw-missing'),
          readEvents: (refs) =>
            Promise.resolve(
              new Map(
                refs.map(({ leadId, eventId }) => [
                  `${leadId}/${eventId}`,
                  events.find(({ event_id }) => event_id === eventId)!,
                ]),
              ),
            ),
        },
      },
      dlqCommand,
    );
    return { run, sent, noted, events };
  };

  it('finds failed events whose letter is gone, but none that may have been mailed, or failed a moment ago', async () => {
    const { run, events } = missing(1);
    const { printed, notes } = await run('missing');
    expect(printed).toMatchObject([[{ id: events[1]?.event_id, reason: 'owner-missing', failed_at: longAgo }]]);
    expect(notes.join()).toContain('2 events of which a mail may have been sent');
  });

  it('brings them back, by a message each as the first one was', async () => {
    const { run, sent, noted, events } = missing(0);
    expect((await run('missing', '--redrive', '--yes')).printed).toStrictEqual([{ redriven: 2, chosen: 2 }]);
    expect(sent).toStrictEqual(
      events.slice(0, 2).map(({ s3_key, lead_id, event_id }) => ({ s3_key, lead_id, event_id })),
    );
    expect(noted).toStrictEqual(sent.map(({ event_id }) => event_id));
  });

  it('brings back what may have been mailed only where that is said', async () => {
    const { run, sent } = missing(2);
    expect((await run('missing', '--redrive', '--yes')).outcome).toStrictEqual({ nothingMatched: true });
    await run('missing', '--redrive', '--yes', '--maybe-mailed');
    expect(sent).toHaveLength(2);
  });

  it('asks before it brings anything back', async () => {
    const { run, sent } = missing(0);
    expect((await run('missing', '--redrive')).error).toMatchObject({ kind: 'nobody-to-ask' });
    expect(sent).toStrictEqual([]);
  });
});
