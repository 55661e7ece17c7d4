import type { LeadId } from '../../../../shared/lead/lead-id';
import type { RawKey } from '../../../../shared/lead/raw-key';
import { Interrupted } from '../../../../shared/operations/interrupted';
import { joinEvents } from '../../../../shared/operations/join-events';
import { listDeadLetters } from '../../../../shared/operations/list-dead-letters';
import type { EventItem } from '../../../../shared/stored/event-item';
import { all, failedEvent, handMadeFor, messageAbout, operatorDouble, unreadableMessage } from './operator-double';

const onRead = () => Promise.resolve();

/** The events of a stack, as a command joins them with messages. */
const joining = (events: readonly EventItem[]) => ({ ...operatorDouble(events, []).ports, onRead });

describe('joining dead-letter messages with their events', () => {
  it('finds the event that a message names', async () => {
    const event = failedEvent();
    const message = messageAbout(event);
    expect(await joinEvents(joining([event]), [message])).toStrictEqual([{ message, event }]);
  });

  it('tells events of two leads apart that have the same id', async () => {
    const mine = failedEvent();
    const other = failedEvent({ event_id: mine.event_id, source: 'billing' });
    const joined = await joinEvents(joining([mine, other]), [messageAbout(mine), messageAbout(other)]);
    expect(joined.map(({ event }) => event)).toStrictEqual([mine, other]);
  });

  it('asks for each event once', async () => {
    const event = failedEvent();
    const ports = joining([event]);
    const asked: string[] = [];
    const readEvents: typeof ports.readEvents = (refs) => {
      asked.push(...refs.map(({ eventId }) => eventId));
      return ports.readEvents(refs);
    };
    await joinEvents({ ...ports, readEvents }, [messageAbout(event), messageAbout(event)]);
    expect(asked).toStrictEqual([event.event_id]);
  });

  it('finds an event by the raw object if the message names none, or one that is not recorded', async () => {
    const event = failedEvent();
    const messages = [
      handMadeFor(event),
      messageAbout({ ...event, event_id: 'never-recorded' }),
      messageAbout({ ...event, lead_id: 'another' as LeadId }),
    ];
    const joined = await joinEvents(joining([event]), messages);
    expect(joined).toStrictEqual(messages.map((message) => ({ message, event })));
  });

  it('keeps the reference of an event whose record cannot be decoded', async () => {
    const event = failedEvent();
    const unreadable = { leadId: event.lead_id, eventId: event.event_id };
    const readEvents = () => Promise.resolve(new Map([[`${event.lead_id}/${event.event_id}`, 'unreadable' as const]]));
    const [joined] = await joinEvents({ ...joining([event]), readEvents }, [messageAbout(event)]);
    expect(joined).toMatchObject({ event: undefined, unreadable });
  });

  it.each(['raw-missing', 'raw-unreadable', 'store-unavailable'] as const)(
    'keeps why a raw object leads to no event: %s',
    async (noEvent) => {
      const message = handMadeFor({ s3_key: 'raw/crm%5Fevent.json' as RawKey });
      const ports = { ...joining([]), eventOfRaw: () => Promise.resolve(noEvent) };
      expect(await joinEvents(ports, [message])).toStrictEqual([{ message, event: undefined, noEvent }]);
    },
  );

  it('finds no event and no reason if the event of the raw object has no record', async () => {
    const message = handMadeFor(failedEvent());
    const eventOfRaw = () => Promise.resolve({ leadId: 'gone' as LeadId, eventId: 'gone' });
    expect(await joinEvents({ ...joining([]), eventOfRaw }, [message])).toStrictEqual([{ message, event: undefined }]);
  });

  it('reads no raw object for a message that cannot be decoded', async () => {
    const message = unreadableMessage();
    const eventOfRaw = () => Promise.reject(new Error('not expected'));
    expect(await joinEvents({ ...joining([]), eventOfRaw }, [message])).toStrictEqual([{ message, event: undefined }]);
  });
});

describe('joining 25 messages that name no event', () => {
  const made = () => {
    const events = Array.from({ length: 25 }, () => failedEvent());
    return { ...operatorDouble(events, events.map(handMadeFor)), events };
  };

  it('reads ten raw objects at a time, and reports the progress', async () => {
    const { ports, events } = made();
    let [now, most] = [0, 0];
    const eventOfRaw: typeof ports.eventOfRaw = async (key) => {
      most = Math.max(most, (now += 1));
      await new Promise(setImmediate);
      now -= 1;
      return ports.eventOfRaw(key);
    };
    const progress: string[] = [];
    const onProgress = (activity: string, done: number, total: number) =>
      void progress.push(`${activity} ${done}/${total}`);
    const { chosen } = await listDeadLetters({ ...ports, eventOfRaw, onProgress }, all);
    expect(chosen.map(({ event }) => event)).toStrictEqual(events);
    expect(most).toBe(10);
    expect(progress.slice(-3)).toStrictEqual(['looked up 10/25', 'looked up 20/25', 'looked up 25/25']);
  });

  it('is interrupted between two batches, and releases all messages', async () => {
    const { ports, visible } = made();
    let lookedUp = false;
    const onProgress = (activity: string) => void (lookedUp ||= activity === 'looked up');
    const interrupted = { ...ports, onProgress, isInterrupted: () => lookedUp };
    await expect(listDeadLetters(interrupted, all)).rejects.toThrow(Interrupted);
    expect(visible.size).toBe(25);
  });
});
