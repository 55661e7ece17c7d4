import { failedEvent, messageAbout } from '../../../shared/operations/operator-double';
import { dlqOn } from './stack-double';

describe('leadline dlq missing', () => {
  const longAgo = '2026-01-01T00:00:00.000Z';

  /** A stack with five failed events. Its dead-letter queue has the messages of the first ones. */
  const missing = (inQueue: number) => {
    const events = [
      failedEvent({ failed_at: longAgo }),
      failedEvent({ failed_at: longAgo }),
      failedEvent({ failed_at: new Date().toISOString() }),
      failedEvent({ failed_at: longAgo, reason: 'mail-unconfirmed' }),
      failedEvent({ failed_at: longAgo, notified_at: longAgo }),
    ];
    return { ...dlqOn(events, events.slice(0, inQueue).map(messageAbout)), events };
  };

  it('lists failed events without a dead letter, but none that failed just now or may have been mailed', async () => {
    const { run, events } = missing(1);
    const { printed, notes, outcome } = await run('missing');
    expect(printed).toMatchObject([[{ id: events[1]?.event_id, reason: 'owner-missing', failed_at: longAgo }]]);
    expect(notes).toStrictEqual([
      'Left out: 2 events of which a mail may have been sent. Add --maybe-mailed to include them.',
    ]);
    expect(outcome).toStrictEqual({ nothingMatched: false });
  });

  it('redrives them by the messages that ingestion sent', async () => {
    const { run, sent, redrivenEvents, events } = missing(0);
    expect((await run('missing', '--redrive', '--yes')).printed).toStrictEqual([{ redriven: 2, chosen: 2 }]);
    expect(sent.map((body) => JSON.parse(body) as unknown)).toStrictEqual(
      events.slice(0, 2).map(({ s3_key, lead_id, event_id }) => ({ s3_key, lead_id, event_id })),
    );
    expect(redrivenEvents).toStrictEqual(events.slice(0, 2).map(({ event_id }) => event_id));
  });

  it('redrives what may have been mailed only with --maybe-mailed', async () => {
    const { run, redrivenEvents, events } = missing(2);
    expect((await run('missing', '--redrive', '--yes')).outcome).toStrictEqual({ nothingMatched: true });
    await run('missing', '--redrive', '--yes', '--maybe-mailed');
    expect(redrivenEvents).toStrictEqual(events.slice(3).map(({ event_id }) => event_id));
  });

  it('asks before it redrives anything', async () => {
    const { run, sent } = missing(0);
    expect((await run('missing', '--redrive')).error).toMatchObject({ kind: 'nobody-to-ask' });
    expect(sent).toStrictEqual([]);
  });

  it('reads only the events of a lead with --lead, and redrives no others', async () => {
    const lead_id = 'L-7' as never;
    const ofLead = [
      failedEvent({ lead_id, failed_at: longAgo }),
      failedEvent({ lead_id, failed_at: longAgo, source: 'billing' }),
      failedEvent({ lead_id, failed_at: longAgo, reason: 'mail-unconfirmed' }),
    ];
    const history = (id: string) =>
      Promise.resolve({
        leads: [],
        events: id === 'L-7' ? ofLead : [],
        next: undefined,
        unreadable: [{ kind: 'unreadable' as const, store: 'events', paths: [], item: { pk: 'p', sk: 'EVENT#1' } }],
      });
    const others = [failedEvent({ failed_at: longAgo }), failedEvent({ failed_at: longAgo, notified_at: longAgo })];
    const { run, redrivenEvents } = dlqOn([...ofLead, ...others], [], 0, { history });
    const { notes } = await run('missing', '--lead', 'L-7', '--source', 'billing', '--redrive', '--yes');
    expect(redrivenEvents).toStrictEqual([ofLead[1]?.event_id]);
    expect(notes.join('\n')).toContain('EVENT#1');
    const { printed } = await run('missing', '--lead', 'L-7', '--maybe-mailed');
    expect(printed).toMatchObject([ofLead.map(({ event_id: id }) => ({ id }))]);
    expect((await run('missing', '--lead', 'L-8', '--redrive')).outcome).toStrictEqual({ nothingMatched: true });
  });
});
