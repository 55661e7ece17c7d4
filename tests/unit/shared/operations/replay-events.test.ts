import { replayEvents, type ReplayPorts } from '../../../../shared/operations/replay-events';
import type { EventItem } from '../../../../shared/stored/event-item';
import { down, failedEvent } from './operator-double';

const replaying = () => {
  const sent: object[] = [];
  const reopened: string[] = [];
  const refreshing = new Set<string>();
  const ports: ReplayPorts = {
    reopen: (event) => Promise.resolve<undefined>(void reopened.push(event.event_id)),
    askForRefresh: ({ event_id }) => Promise.resolve(refreshing.size < refreshing.add(event_id).size),
    giveUpRefresh: ({ eventId }) => Promise.resolve(void refreshing.delete(eventId)),
    send: (message) => Promise.resolve(void sent.push(message)),
    pace: () => Promise.resolve(),
    onProgress: () => undefined,
    isInterrupted: () => false,
  };
  return { sent, reopened, ports };
};

const messageOf = ({ s3_key, lead_id, event_id }: EventItem) => ({ s3_key, lead_id, event_id });

describe('replaying events without a mail', () => {
  it('sends a refresh, and leaves the event as it is', async () => {
    const { ports, sent, reopened } = replaying();
    const event = failedEvent({ state: 'NOTIFIED' });
    expect(await replayEvents(ports, [event], false)).toStrictEqual({ replayed: 1, skipped: 0 });
    expect(sent).toStrictEqual([{ ...messageOf(event), intent: 'refresh' }]);
    expect(reopened).toStrictEqual([]);
  });

  it('sends no second message while an earlier refresh of the event has not ended', async () => {
    const { ports, sent } = replaying();
    const events = [failedEvent({ state: 'NOTIFIED' }), failedEvent()];
    expect(await replayEvents(ports, events, false)).toStrictEqual({ replayed: 2, skipped: 0 });
    expect(await replayEvents(ports, events, false)).toStrictEqual({ replayed: 0, skipped: 2 });
    expect(sent).toHaveLength(2);
  });

  it('sends it in the next run if the message could not be sent', async () => {
    const { ports, sent } = replaying();
    const event = failedEvent();
    await expect(replayEvents({ ...ports, send: down }, [event], false)).rejects.toThrow('down');
    expect(await replayEvents(ports, [event], false)).toStrictEqual({ replayed: 1, skipped: 0 });
    expect(sent).toHaveLength(1);
  });
});

describe('replaying events with a mail', () => {
  it('reopens a settled event before it sends the message, and skips the others', async () => {
    const { ports, sent, reopened } = replaying();
    const settled = failedEvent({ state: 'NOTIFIED' });
    const result = await replayEvents(ports, [settled, failedEvent({ state: 'CLAIMED' })], true);
    expect(result).toStrictEqual({ replayed: 1, skipped: 1 });
    expect(reopened).toStrictEqual([settled.event_id]);
    expect(sent).toStrictEqual([messageOf(settled)]);
  });

  it('skips an event whose state has changed in between', async () => {
    const { ports, sent } = replaying();
    const moved = failedEvent();
    const reopen = () => Promise.resolve(moved);
    expect(await replayEvents({ ...ports, reopen }, [moved], true)).toStrictEqual({ replayed: 0, skipped: 1 });
    expect(sent).toStrictEqual([]);
  });
});

describe('replaying events', () => {
  it('reports what was replayed before an error', async () => {
    const { ports, sent } = replaying();
    const send: typeof ports.send = (message) => (sent.length === 1 ? down() : ports.send(message));
    await expect(
      replayEvents({ ...ports, send }, [failedEvent(), failedEvent(), failedEvent()], false),
    ).rejects.toMatchObject({ message: 'down', done: { found: 3, replayed: 1, skipped: 0 } });
  });

  it('ends after the current event when it is interrupted', async () => {
    const { ports, sent } = replaying();
    const interrupted = { ...ports, isInterrupted: () => sent.length === 1 };
    expect(await replayEvents(interrupted, [failedEvent(), failedEvent()], true)).toStrictEqual({
      replayed: 1,
      skipped: 0,
    });
  });
});
