import * as E from 'fp-ts/Either';
import * as TE from 'fp-ts/TaskEither';
import type { EventItem } from '../../../../shared/stored/event-item';
import type { EventState } from '../../../../shared/stored/event-state';
import { eventRefKey, type EventRef } from '../../../../shared/lead/event-ref';
import type { LeadId } from '../../../../shared/lead/lead-id';
import { messageFor, queueMessage } from '../../../../shared/stored/queue-message';
import type { RawKey } from '../../../../shared/lead/raw-key';
import {
  type DeadLetterQueue,
  discardDeadLetters,
  listDeadLetters,
  redriveDeadLetters,
  type RedrivePorts,
  unmatched,
} from '../../../../shared/operations/dead-letters';
import { eventOfRaw } from '../../../../shared/operations/event-of-raw';
import { Interrupted } from '../../../../shared/operations/interrupted';
import { type DeadLetter, idOf, reasonOf } from '../../../../shared/operations/letter';
import { isBefore, isReplayable, replayEvents } from '../../../../shared/operations/replay';
import { arbitraryRecord } from '../../../support/arbitrary';
import { type AboutEvent, arbitraryEvent } from '../../../support/arbitrary-event';

const failedEvent = <S extends EventState = 'FAILED'>(about: AboutEvent<S> = {}): EventItem =>
  arbitraryEvent({
    source: 'ingest',
    failed_at: '2026-01-31T12:00:00.000Z',
    reason: 'owner-missing',
    ...about,
    state: about.state ?? 'FAILED',
  });

let counter = 0;

const letterAbout = (event: EventItem): DeadLetter => {
  const message = {
    ...messageFor(arbitraryRecord()),
    s3_key: event.s3_key,
    lead_id: event.lead_id,
    event_id: event.event_id,
  };
  const id = `message-${(counter += 1)}`;
  return { messageId: id, receiptHandle: id, sentAt: new Date(counter), body: JSON.stringify(message), message };
};

const unreadable = (): DeadLetter => {
  const id = `message-${(counter += 1)}`;
  return { messageId: id, receiptHandle: id, sentAt: new Date(counter), body: 'not json', message: undefined };
};

/** A dead-letter queue that shows what is hidden, what was removed and what was sent. */
const operating = (events: readonly EventItem[], letters: readonly DeadLetter[], heldElsewhere = 0) => {
  const visible = new Set(letters);
  const sent: string[] = [];
  const noted: string[] = [];
  const discarded: string[] = [];
  const ended: string[] = [];
  const states = new Map(events.map((event) => [event.event_id, event.state]));
  const queue: DeadLetterQueue = {
    count: () => Promise.resolve({ visible: visible.size, hidden: letters.length + heldElsewhere - visible.size }),
    take: async function* () {
      for (const letter of [...visible]) {
        visible.delete(letter);
        yield await Promise.resolve([letter]);
      }
    },
    keep: () => Promise.resolve([]),
    giveBack: (back) => {
      for (const letter of back) visible.add(letter);
      return Promise.resolve([]);
    },
    remove: () => Promise.resolve(),
  };
  const ports: RedrivePorts = {
    queue,
    readEvents: (refs) =>
      Promise.resolve(
        new Map(
          events
            .map((event) => [eventRefKey({ leadId: event.lead_id, eventId: event.event_id }), event] as const)
            .filter(([key]) => refs.some((ref) => eventRefKey(ref) === key)),
        ),
      ),
    eventOf: (key) => {
      const event = events.find(({ s3_key }) => s3_key === key);
      return Promise.resolve(event === undefined ? 'raw-missing' : { leadId: event.lead_id, eventId: event.event_id });
    },
    noteRedrive: ({ eventId }) => Promise.resolve(void noted.push(eventId)),
    send: (body) => {
      sent.push(body);
      return Promise.resolve('sent');
    },
    pace: () => Promise.resolve(),
    onProgress: () => undefined,
    isInterrupted: () => false,
  };
  const discard = ({ eventId }: Readonly<{ eventId: string }>): Promise<EventItem | undefined> => {
    if (states.get(eventId) !== 'FAILED') return Promise.resolve(events.find(({ event_id }) => event_id === eventId));
    states.set(eventId, 'DISCARDED');
    discarded.push(eventId);
    return Promise.resolve(undefined);
  };
  const giveUpRefresh = ({ eventId }: EventRef) => Promise.resolve(void ended.push(eventId));
  return { ports: { ...ports, discard, giveUpRefresh }, ended, visible, sent, noted, discarded };
};

describe('listing dead letters', () => {
  it('names each with its event, and leaves all of them in the queue', async () => {
    const event = failedEvent();
    const letters = [letterAbout(event), unreadable()];
    const { ports, visible } = operating([event], letters);
    const { chosen: listed } = await listDeadLetters(ports, { ids: [], all: true });
    expect(listed.map((one) => one.event?.reason)).toStrictEqual(['owner-missing', undefined]);
    expect(visible).toStrictEqual(new Set(letters));
  });
});

describe('a queue that looks empty', () => {
  it('is told from an empty one by what others hold', async () => {
    expect(await listDeadLetters(operating([], [], 7).ports, { ids: [], all: true })).toStrictEqual({
      chosen: [],
      held: 7,
      lost: 0,
      stillHidden: 0,
    });
    const event = failedEvent();
    const { held } = await listDeadLetters(operating([event], [letterAbout(event)]).ports, { ids: [], all: true });
    expect(held).toBe(0);
  });
});

describe('a dead letter that somebody made by hand', () => {
  it('is known by its raw object', async () => {
    const event = failedEvent();
    const message = { s3_key: event.s3_key };
    const letter = { ...letterAbout(event), body: JSON.stringify(message), message };
    const { ports } = operating([event], [letter]);
    expect(await listDeadLetters(ports, { ids: [], lead: event.lead_id })).toMatchObject({
      chosen: [{ letter, event }],
    });
  });
});

describe('a dead letter without an event', () => {
  const handMade = (): DeadLetter => {
    const message = { s3_key: 'raw/crm%5Fevent.json' as RawKey };
    return { ...unreadable(), body: JSON.stringify(message), message };
  };

  it.each(['raw-missing', 'raw-unreadable'] as const)('has %s for its reason, and is chosen by it', async (reason) => {
    const letter = handMade();
    const { ports } = operating([], [letter, letterAbout(failedEvent())]);
    const { chosen } = await listDeadLetters({ ...ports, eventOf: () => Promise.resolve(reason) }, { ids: [], reason });
    expect(chosen.map((one) => one.letter)).toContain(letter);
    expect(chosen.map(reasonOf)).toContain(reason);
  });

  it('says that there is no record where the raw object is that of an event without one', async () => {
    const { ports } = operating([], [handMade()]);
    const eventOf = () => Promise.resolve({ leadId: failedEvent().lead_id, eventId: 'gone' });
    const { chosen } = await listDeadLetters({ ...ports, eventOf }, { ids: [], all: true });
    expect(chosen.map(reasonOf)).toStrictEqual(['not-recorded']);
  });
});

describe('many dead letters that somebody made by hand', () => {
  const made = () => {
    const events = Array.from({ length: 25 }, () => failedEvent());
    const letters = events.map((event) => ({ ...letterAbout(event), message: { s3_key: event.s3_key } }));
    return operating(events, letters);
  };

  it('are known by their raw objects, ten of which are read at a time', async () => {
    const { ports } = made();
    let [now, most] = [0, 0];
    const told: string[] = [];
    const eventOf: typeof ports.eventOf = async (key) => {
      most = Math.max(most, (now += 1));
      await new Promise(setImmediate);
      now -= 1;
      return ports.eventOf(key);
    };
    const onProgress = (what: string, done: number, total: number) => void told.push(`${what} ${done}/${total}`);
    const { chosen } = await listDeadLetters({ ...ports, eventOf, onProgress }, { ids: [], all: true });
    expect(chosen.every(({ event }) => event !== undefined)).toBe(true);
    expect(most).toBe(10);
    expect(told.slice(-3)).toStrictEqual(['looked up 10/25', 'looked up 20/25', 'looked up 25/25']);
  });

  it('are put back when it is interrupted meanwhile', async () => {
    const { ports, visible } = made();
    let lookedUp = false;
    const onProgress = (what: string) => void (lookedUp ||= what === 'looked up');
    await expect(
      listDeadLetters({ ...ports, onProgress, isInterrupted: () => lookedUp }, { ids: [], all: true }),
    ).rejects.toThrow(Interrupted);
    expect(visible.size).toBe(25);
  });
});

describe('a dead letter', () => {
  it('is told from that of another lead whose event has the same id', async () => {
    const mine = failedEvent();
    const other = failedEvent({ event_id: mine.event_id, source: 'billing' });
    const { ports } = operating([mine, other], [letterAbout(mine), letterAbout(other)]);
    const { chosen: listed } = await listDeadLetters(ports, { ids: [], all: true });
    expect(listed.map(({ event }) => event)).toStrictEqual([mine, other]);
  });

  it('that names an event which never was is known by its raw object', async () => {
    const event = failedEvent();
    const named = letterAbout({ ...event, event_id: 'never-was' });
    const misnamed = letterAbout({ ...event, lead_id: 'another' as LeadId });
    const { ports } = operating([event], [named, misnamed]);
    const { chosen: listed } = await listDeadLetters(ports, { ids: [], all: true });
    expect(listed.map((one) => one.event)).toStrictEqual([event, event]);
  });
});

describe('a message whose event has an id of 1,100 characters', () => {
  it('is one that can not be read', () => {
    const message = messageFor(arbitraryRecord());
    expect(E.isRight(queueMessage.decode({ ...message, event_id: 'x'.repeat(128) }))).toBe(true);
    expect(E.isRight(queueMessage.decode({ ...message, event_id: 'x'.repeat(1100) }))).toBe(false);
    expect(E.isRight(queueMessage.decode({ ...message, event_id: '' }))).toBe(false);
  });
});

describe('an event whose record can not be read', () => {
  const operatingOnUnreadable = () => {
    const event = failedEvent();
    const other = failedEvent();
    const operated = operating([event, other], [letterAbout(event), letterAbout(other)]);
    const readEvents: typeof operated.ports.readEvents = async (refs) =>
      new Map(
        [...(await operated.ports.readEvents(refs))].map(([key, read]) => [key, read === event ? 'unreadable' : read]),
      );
    return { ...operated, event, ports: { ...operated.ports, readEvents } };
  };

  it('is a letter like any other, with that as its reason', async () => {
    const { ports, event, sent } = operatingOnUnreadable();
    expect((await listDeadLetters(ports, { ids: [], all: true })).chosen.map(reasonOf)).toStrictEqual([
      'store-unreadable',
      'owner-missing',
    ]);
    await redriveDeadLetters(ports, { ids: [], lead: event.lead_id });
    expect(sent).toHaveLength(1);
  });

  it('is discarded where it has failed, and else left alone', async () => {
    const failed = operatingOnUnreadable();
    expect(await discardDeadLetters(failed.ports, { ids: [failed.event.event_id] }, 'given up')).toMatchObject({
      outcomes: [{ outcome: 'discarded' }],
    });
    const unknown = operatingOnUnreadable();
    const ports = { ...unknown.ports, discard: () => Promise.resolve('unreadable' as const) };
    expect(await discardDeadLetters(ports, { ids: [unknown.event.event_id] }, 'given up')).toMatchObject({
      outcomes: [{ outcome: 'unreadable' }],
    });
    expect(unknown.visible.size).toBe(2);
  });
});

describe('the event of a raw object', () => {
  const { s3Key } = arbitraryRecord();

  it('is none where the object is missing or unreadable, or where reading it breaks', async () => {
    expect(await eventOfRaw(() => TE.left({ kind: 'missing' }))(s3Key)).toBe('raw-missing');
    const tooLong = { kind: 'unavailable', store: 'raw', cause: 'KeyTooLongError' } as const;
    expect(await eventOfRaw(() => TE.left(tooLong))(s3Key)).toBe('raw-missing');
    expect(await eventOfRaw(() => TE.left({ kind: 'unreadable', store: 'raw', paths: [] }))(s3Key)).toBe(
      'raw-unreadable',
    );
    const hostile = { ...arbitraryRecord(), eventId: 'x'.repeat(1100) };
    expect(await eventOfRaw(() => TE.right(hostile))(s3Key)).toBe('raw-unreadable');
    expect(await eventOfRaw(() => () => Promise.reject(new URIError('malformed')))(s3Key)).toBe('raw-unreadable');
  });

  it.each(['TimeoutError', 'ECONNREFUSED', 'EAI_AGAIN', 'ThrottlingException', 'ExpiredToken', 'NoSuchBucket'])(
    'is not known where the store does not answer: %s',
    async (cause) => {
      const unavailable = { kind: 'unavailable', store: 'raw', cause } as const;
      await expect(eventOfRaw(() => TE.left(unavailable))(s3Key)).rejects.toThrow(cause);
    },
  );

  it.each(['InvalidArgument', 'InvalidObjectState', 'AccessDenied', 'URIError', 'InvalidRequest', 'UnknownError'])(
    'is nobody else’s trouble where the store refuses this object alone: %s',
    async (cause) => {
      const unavailable = { kind: 'unavailable', store: 'raw', cause } as const;
      expect(await eventOfRaw(() => TE.left(unavailable))(s3Key)).toBe('store-unavailable');
    },
  );
});

describe('a refresh that failed', () => {
  it('is told from a failure of its event, and chosen by that', async () => {
    const event = failedEvent();
    const letter = letterAbout(event);
    const refresh = {
      ...letterAbout(event),
      message: letter.message && { ...letter.message, intent: 'refresh' as const },
    };
    const { ports } = operating([event], [letter, refresh]);
    const { chosen } = await listDeadLetters(ports, { ids: [], reason: 'refresh-failed' });
    expect(chosen.map((one) => one.letter)).toStrictEqual([refresh]);
    expect((await listDeadLetters(ports, { ids: [], reason: 'owner-missing' })).chosen).toHaveLength(1);
  });

  it('may be asked for again once its letter is discarded', async () => {
    const event = failedEvent();
    const letter = letterAbout(event);
    const message = letter.message && { ...letter.message, intent: 'refresh' as const };
    const { ports, ended, discarded } = operating([event], [{ ...letter, message }]);
    expect(await discardDeadLetters(ports, { ids: [event.event_id] }, 'given up')).toMatchObject({
      outcomes: [{ outcome: 'message-only' }],
    });
    expect(ended).toStrictEqual([event.event_id]);
    expect(discarded).toStrictEqual([]);
  });
});

describe('redriving dead letters', () => {
  it('allows each event its mails again, but for a refresh, which sends none', async () => {
    const [failed, refreshed] = [failedEvent(), failedEvent()];
    const refresh = { ...letterAbout(refreshed).message!, intent: 'refresh' as const };
    const letters = [letterAbout(failed), { ...letterAbout(refreshed), message: refresh }, unreadable()];
    const { ports, noted, sent } = operating([failed, refreshed], letters);
    await redriveDeadLetters(ports, { ids: [], all: true });
    expect(noted).toStrictEqual([failed.event_id]);
    expect(sent).toHaveLength(3);
  });

  it('sends those chosen, and puts the others back', async () => {
    const orphan = failedEvent();
    const refused = failedEvent({ reason: 'mail-refused' });
    const letters = [letterAbout(orphan), letterAbout(refused)];
    const { ports, visible, sent } = operating([orphan, refused], letters);
    expect(await redriveDeadLetters(ports, { ids: [], reason: 'mail-refused' })).toMatchObject({
      redriven: 1,
      chosen: [{ event: refused }],
    });
    expect(sent).toStrictEqual([letters[1]?.body]);
    expect(visible).toStrictEqual(new Set([letters[0]]));
  });

  it.each([
    ['a lead', (event: EventItem) => ({ ids: [], lead: event.lead_id })],
    ['a source', () => ({ ids: [], source: 'billing' })],
    ['the start of an id', (event: EventItem) => ({ ids: [event.event_id.slice(0, 12)] })],
  ])('chooses by %s', async (_what, choice) => {
    const mine = failedEvent({ source: 'billing' });
    const other = failedEvent();
    const { ports, sent } = operating([mine, other], [letterAbout(mine), letterAbout(other), unreadable()]);
    await redriveDeadLetters(ports, choice(mine));
    expect(sent).toHaveLength(1);
    expect(sent[0]).toContain(mine.event_id);
  });

  it('tells which ids are those of none', async () => {
    const event = failedEvent();
    const { ports } = operating([event], [letterAbout(event)]);
    const ids = [event.event_id.slice(0, 12), 'no-such-id'];
    const { chosen } = await redriveDeadLetters(ports, { ids });
    expect(unmatched(ids, chosen)).toStrictEqual(['no-such-id']);
  });

  it('chooses nothing for a choice that says nothing, and nothing by an id of a few letters', async () => {
    const event = failedEvent();
    const { ports, sent } = operating([event], [letterAbout(event)]);
    await redriveDeadLetters(ports, { ids: [] });
    await redriveDeadLetters(ports, { ids: [event.event_id.slice(0, 3)] });
    expect(sent).toStrictEqual([]);
  });

  it('puts back what it did not come to when it is interrupted', async () => {
    const events = [failedEvent(), failedEvent(), failedEvent()];
    const { ports, visible, sent } = operating(events, events.map(letterAbout));
    const result = await redriveDeadLetters({ ...ports, isInterrupted: () => sent.length > 0 }, { ids: [], all: true });
    expect(result.redriven).toBe(1);
    expect(result.chosen).toHaveLength(3);
    expect(visible.size).toBe(2);
  });

  it('sends nothing more when it is interrupted while it waits for its turn', async () => {
    const events = [failedEvent(), failedEvent()];
    const { ports, visible, sent } = operating(events, events.map(letterAbout));
    let interrupted = false;
    const pace = () => Promise.resolve(void (interrupted = sent.length === 1));
    await redriveDeadLetters({ ...ports, pace, isInterrupted: () => interrupted }, { ids: [], all: true });
    expect(sent).toHaveLength(1);
    expect(visible.size).toBe(1);
  });

  it('puts back what it has seen when it is interrupted, or the queue stops answering, before all is read', async () => {
    const events = [failedEvent(), failedEvent()];
    const letters = events.map(letterAbout);
    const interrupted = operating(events, letters);
    let read = 0;
    await expect(
      redriveDeadLetters(
        { ...interrupted.ports, onProgress: () => (read += 1), isInterrupted: () => read > 0 },
        { ids: [], all: true },
      ),
    ).rejects.toThrow(Interrupted);
    expect(interrupted.sent).toStrictEqual([]);
    expect(interrupted.visible).toStrictEqual(new Set(letters));

    const broken = operating(events, letters);
    const take = async function* () {
      for await (const page of broken.ports.queue.take()) {
        yield page;
        throw new Error('no answer');
      }
    };
    const ports = { ...broken.ports, queue: { ...broken.ports.queue, take } };
    await expect(redriveDeadLetters(ports, { ids: [], all: true })).rejects.toThrow('no answer');
    expect(broken.visible).toStrictEqual(new Set(letters));
  });

  it('tells what was redriven before it failed', async () => {
    const events = [failedEvent(), failedEvent(), failedEvent()];
    const { ports, sent } = operating(events, events.map(letterAbout));
    const send = (body: string) => (sent.length === 2 ? Promise.reject(new Error('down')) : ports.send(body));
    await expect(redriveDeadLetters({ ...ports, send }, { ids: [], all: true })).rejects.toMatchObject({
      message: 'down',
      done: { redriven: 2, chosen: 3 },
    });
  });

  it('tells the first error where putting back fails too', async () => {
    const event = failedEvent();
    const { ports } = operating([event], [letterAbout(event)]);
    const queue = { ...ports.queue, giveBack: () => Promise.reject(new Error('down as well')) };
    const send = () => Promise.reject(new Error('down'));
    await expect(redriveDeadLetters({ ...ports, queue, send }, { ids: [], all: true })).rejects.toThrow(/^down$/);
  });

  it('puts back what could not be sent', async () => {
    const event = failedEvent();
    const letter = letterAbout(event);
    const { ports, visible } = operating([event], [letter]);
    await expect(
      redriveDeadLetters({ ...ports, send: () => Promise.reject(new Error('down')) }, { ids: [], all: true }),
    ).rejects.toThrow('down');
    expect(visible).toStrictEqual(new Set([letter]));
  });
});

describe('a dead letter that the queue does not take', () => {
  it('stays where it is, and the others are redriven', async () => {
    const events = [failedEvent(), failedEvent(), failedEvent()];
    const letters = events.map(letterAbout);
    const { ports, visible, sent } = operating(events, letters);
    const send: typeof ports.send = (body) =>
      body === letters[1]?.body ? Promise.resolve('refused') : ports.send(body);
    const all = await redriveDeadLetters({ ...ports, send }, { ids: [], all: true });
    expect(all).toMatchObject({ redriven: 2, refused: 1 });
    expect(sent).toHaveLength(2);
    expect(visible).toStrictEqual(new Set([letters[1]]));
  });
});

describe('a dead letter that can not be kept, or not be put back', () => {
  const three = () => {
    const events = [failedEvent(), failedEvent(), failedEvent()];
    const letters = events.map(letterAbout);
    return { ...operating(events, letters), letters };
  };

  it('is not worked on once somebody else may have it', async () => {
    const { ports, sent, letters } = three();
    let asked = 0;
    const keep = () => Promise.resolve((asked += 1) < 5 ? [] : letters.slice(2));
    const queue = { ...ports.queue, keep };
    expect(await redriveDeadLetters({ ...ports, queue }, { ids: [], all: true })).toMatchObject({
      redriven: 2,
      lost: 1,
    });
    expect(sent).toHaveLength(2);
  });

  it('is counted, also where the command is interrupted or fails', async () => {
    const { ports, letters } = three();
    const queue = { ...ports.queue, giveBack: () => Promise.resolve(letters.slice(1)) };
    expect(await listDeadLetters({ ...ports, queue }, { ids: [], all: true })).toMatchObject({ stillHidden: 2 });
    const interrupted = { ...three().ports, isInterrupted: () => true };
    await expect(
      listDeadLetters(
        { ...interrupted, queue: { ...interrupted.queue, giveBack: queue.giveBack } },
        { ids: [], all: true },
      ),
    ).rejects.toThrow('2 dead letters could not be put back');
    const send = () => Promise.reject(new Error('down'));
    const failing = three().ports;
    const broken = { ...failing, send, queue: { ...failing.queue, giveBack: queue.giveBack } };
    await expect(redriveDeadLetters(broken, { ids: [], all: true })).rejects.toMatchObject({
      message: 'down',
      cause: { done: { still_hidden: 2 } },
    });
  });
});

describe('a dead letter of an event whose id can not be given, as anybody may choose it', () => {
  it.each(['~', 'x', ' '.repeat(9), '--all-of-them', 'ann@example.com', 'token=12345678'])(
    'is chosen by its message: %j',
    async (event_id) => {
      const event = failedEvent({ event_id });
      const letter = letterAbout(event);
      const { ports, visible } = operating([event], [letter]);
      const { chosen } = await listDeadLetters(ports, { ids: [], all: true });
      expect(chosen.map(idOf)).toStrictEqual([letter.messageId]);
      await discardDeadLetters(ports, { ids: [letter.messageId] }, 'garbage');
      expect(visible.size).toBe(0);
    },
  );
});

describe('discarding dead letters', () => {
  it.each<[EventState, string, number]>([
    ['FAILED', 'discarded', 0],
    ['NOTIFIED', 'stale', 0],
    ['DISCARDED', 'stale', 0],
    ['CLAIMED', 'moved', 1],
    ['RECEIVED', 'moved', 1],
  ])('of an event that is %s is %s', async (state, outcome, left) => {
    const event = failedEvent({ state });
    const { ports, visible, discarded } = operating([event], [letterAbout(event)]);
    const { outcomes } = await discardDeadLetters(ports, { ids: [event.event_id] }, 'asked to');
    expect(outcomes.map((one) => one.outcome)).toStrictEqual([outcome]);
    expect(visible.size).toBe(left);
    expect(discarded).toHaveLength(outcome === 'discarded' ? 1 : 0);
  });

  it('touches none but the messages that were shown to who agreed', async () => {
    const event = failedEvent();
    const [shown, later] = [letterAbout(event), letterAbout(event)];
    const { ports, visible } = operating([event], [shown]);
    const { chosen: letters } = await listDeadLetters(ports, { ids: [event.event_id] });
    visible.add(later);
    const { outcomes } = await discardDeadLetters(ports, { ids: [event.event_id], shown: letters }, 'agreed');
    expect(outcomes.map(({ letter }) => letter)).toStrictEqual([shown]);
    expect(visible).toStrictEqual(new Set([later]));
  });

  it('tells how many were discarded before it failed', async () => {
    const events = [failedEvent(), failedEvent()];
    const { ports, discarded } = operating(events, events.map(letterAbout));
    const discard: typeof ports.discard = (event) =>
      discarded.length === 1 ? Promise.reject(new Error('down')) : ports.discard(event);
    await expect(discardDeadLetters({ ...ports, discard }, { ids: [], all: true }, 'all')).rejects.toMatchObject({
      done: { discarded: 1, chosen: 2 },
    });
  });

  it('removes a message that names no event', async () => {
    const letter = unreadable();
    const { ports, visible } = operating([], [letter]);
    const { outcomes } = await discardDeadLetters(ports, { ids: [letter.messageId] }, 'garbage');
    expect(outcomes.map((one) => one.outcome)).toStrictEqual(['message-only']);
    expect(visible.size).toBe(0);
  });
});

describe('replaying events', () => {
  const replaying = () => {
    const sent: object[] = [];
    const opened: string[] = [];
    const asked = new Set<string>();
    return {
      sent,
      opened,
      ports: {
        reopen: (event: EventItem) => Promise.resolve<undefined>(void opened.push(event.event_id)),
        giveUpRefresh: ({ eventId }: EventRef) => Promise.resolve(void asked.delete(eventId)),
        askForRefresh: (event: EventItem) => Promise.resolve(asked.size < asked.add(event.event_id).size),
        send: (message: object) => Promise.resolve(void sent.push(message)),
        pace: () => Promise.resolve(),
        onProgress: () => undefined,
        isInterrupted: () => false,
      },
    };
  };

  it('without a mail sends no second message while an earlier refresh of an event has not ended', async () => {
    const { ports, sent } = replaying();
    const events = [failedEvent({ state: 'NOTIFIED' }), failedEvent()];
    expect(await replayEvents(ports, events, false)).toStrictEqual({ replayed: 2, skipped: 0 });
    expect(await replayEvents(ports, events, false)).toStrictEqual({ replayed: 0, skipped: 2 });
    expect(sent).toHaveLength(2);
  });

  it('without a mail asks again in the next run where a message could not be sent', async () => {
    const { ports, sent } = replaying();
    const down = { ...ports, send: () => Promise.reject(new Error('down')) };
    const event = failedEvent();
    await expect(replayEvents(down, [event], false)).rejects.toThrow('down');
    expect(await replayEvents(ports, [event], false)).toStrictEqual({ replayed: 1, skipped: 0 });
    expect(sent).toHaveLength(1);
  });

  it('without a mail leaves the events as they are, and asks for a refresh', async () => {
    const { ports, sent, opened } = replaying();
    expect(await replayEvents(ports, [failedEvent({ state: 'NOTIFIED' })], false)).toStrictEqual({
      replayed: 1,
      skipped: 0,
    });
    expect(sent).toMatchObject([{ intent: 'refresh' }]);
    expect(opened).toStrictEqual([]);
  });

  it('with a mail opens what is settled before it is queued, and leaves the rest to the pipeline', async () => {
    const { ports, sent, opened } = replaying();
    const settled = failedEvent({ state: 'NOTIFIED' });
    const result = await replayEvents(ports, [settled, failedEvent({ state: 'CLAIMED' })], true);
    expect(result).toStrictEqual({ replayed: 1, skipped: 1 });
    expect(opened).toStrictEqual([settled.event_id]);
    expect(sent).toStrictEqual([{ s3_key: settled.s3_key, lead_id: settled.lead_id, event_id: settled.event_id }]);
  });

  it('tells how many were replayed before it failed', async () => {
    const { ports, sent } = replaying();
    const send = (message: object) => (sent.length === 1 ? Promise.reject(new Error('down')) : ports.send(message));
    await expect(
      replayEvents({ ...ports, send }, [failedEvent(), failedEvent(), failedEvent()], false),
    ).rejects.toMatchObject({ done: { found: 3, replayed: 1, skipped: 0 } });
  });

  it.each<[EventState, boolean, boolean]>([
    ['NOTIFIED', true, true],
    ['RECEIVED', true, false],
    ['RECEIVED', false, true],
  ])('says beforehand whether one that is %s would be, with a mail: %s', (state, withMail, would) => {
    expect(isReplayable(withMail)(failedEvent({ state }))).toBe(would);
  });

  it('goes on after an interruption with what the first run did not come to', async () => {
    const start = '2026-06-01T12:00:00.000Z';
    const events = [
      failedEvent({ replayed_at: start }),
      failedEvent({ replayed_at: '2026-06-01T11:59:59.999Z' }),
      failedEvent(),
    ];
    const { ports, opened } = replaying();
    await replayEvents(ports, events.filter(isBefore(start)), true);
    expect(opened).toStrictEqual(events.slice(1).map(({ event_id }) => event_id));
  });

  it('does not queue an event that moved while it was looked at', async () => {
    const { ports, sent } = replaying();
    const moved = failedEvent();
    await replayEvents({ ...ports, reopen: () => Promise.resolve(moved) }, [moved], true);
    expect(sent).toStrictEqual([]);
  });
});
