import * as api from '../../../../console/api/dead-letters';
import { mostRows } from '../../../../console/api/kept-list';
import { letterDesk } from '../../../../console/server/dead-letters/letter-desk';
import { deadLetterRoutes } from '../../../../console/server/routes/dead-letters';
import type { DeadLetterMessage } from '../../../../shared/operations/dead-letter';
import type { EventItem } from '../../../../shared/stored/event-item';
import {
  deadMessage,
  failedEvent,
  messageAbout,
  operatorDouble,
  unreadableMessage,
} from '../../shared/operations/operator-double';
import { asking } from './asking';

type Stack = Parameters<typeof deadLetterRoutes>[1];

const stackOf = ({ ports }: ReturnType<typeof operatorDouble>, events: readonly EventItem[]): Stack => ({
  deadLetters: ports,
  noteRedrive: ports.noteRedrive,
  sendBody: ports.send,
  discard: ports.discard,
  giveUpRefresh: ports.giveUpRefresh,
  scanPages: async function* () {
    yield await Promise.resolve({ events, unreadable: [] });
  },
});

/** The routes on a stack with these events, and with these messages in its dead-letter queue. */
const letters = (
  events: readonly EventItem[],
  messages: readonly DeadLetterMessage[] = events.map(messageAbout),
  changed: Partial<Stack> = {},
) => {
  const double = operatorDouble(events, messages);
  const stack = { ...stackOf(double, events), ...changed };
  const asked = asking((respond, runner, now) => deadLetterRoutes(respond, stack, letterDesk(stack, runner, now), now));
  const read = async () => {
    const task = await asked.ended(await asked.ask(api.readDeadLetters, {}));
    return { task, list: await asked.ask(api.deadLetters, {}) };
  };
  return { ...double, ...asked, read };
};

const two = () => [failedEvent({ source: 'billing' }), failedEvent({ source: 'crm', reason: 'mail-refused' })] as const;

describe('the list of dead letters', () => {
  it('is read on request only, and then answers without another receive', async () => {
    let receives = 0;
    const double = operatorDouble([], []);
    const queue = {
      ...double.ports.queue,
      receiveAll: () => {
        receives += 1;
        return double.ports.queue.receiveAll();
      },
    };
    const { ask, read } = letters([], [], { deadLetters: { ...double.ports, queue } });
    expect(await ask(api.deadLetters, {})).toMatchObject({ since: null, total: 0 });
    expect(receives).toBe(0);
    const { list } = await read();
    expect(list.since).not.toBeNull();
    await ask(api.deadLetters, { search: 'x' });
    expect(receives).toBe(1);
  });

  it('leaves each message visible to other consumers after the reading', async () => {
    const { read, visible, messages } = { ...letters(two()), messages: 2 };
    await read();
    expect(visible.size).toBe(messages);
  });

  it('has a group for each reason: how many, since when, until when, and of which sources', async () => {
    const events = [...two(), failedEvent({ source: 'billing' })];
    const { list } = await letters(events, [...events.map(messageAbout), unreadableMessage()]).read();
    expect(list.groups.map(({ reason, count, sources }) => ({ reason, count, sources }))).toStrictEqual([
      { reason: 'owner-missing', count: 2, sources: [{ source: 'billing', count: 2 }] },
      { reason: 'mail-refused', count: 1, sources: [{ source: 'crm', count: 1 }] },
      { reason: 'message-unreadable', count: 1, sources: [{ source: null, count: 1 }] },
    ]);
    const [group] = list.groups;
    expect(Date.parse(group!.first_expiry) - Date.parse(group!.oldest)).toBe(14 * 86_400_000);
  });

  it('is searched by reason, by source and by a part of an id', async () => {
    const events = two();
    const { ask, read } = letters(events);
    await read();
    const found = async (filter: api.DeadLetterFilter) => (await ask(api.deadLetters, filter)).rows.map(({ id }) => id);
    expect(await found({ reason: 'mail-refused' })).toStrictEqual([events[1].event_id]);
    expect(await found({ source: 'billing' })).toStrictEqual([events[0].event_id]);
    expect(await found({ search: events[1].lead_id.toUpperCase() })).toStrictEqual([events[1].event_id]);
    expect(await found({ search: 'no owner' })).toStrictEqual([events[0].event_id]);
    expect(await found({ search: 'nothing' })).toStrictEqual([]);
  });

  it('sends at most a part of a long list, and says how many match', async () => {
    const events = Array.from({ length: mostRows + 1 }, () => failedEvent());
    const { list } = await letters(events).read();
    expect(list.rows).toHaveLength(mostRows);
    expect(list.matching).toBe(mostRows + 1);
  });

  it('says why a reading failed, and keeps the list of the one before', async () => {
    const double = operatorDouble([], []);
    let isAllowed = true;
    const count = () =>
      isAllowed
        ? double.ports.queue.count()
        : Promise.reject(Object.assign(new Error('sqs:GetQueueAttributes is denied'), { name: 'AccessDenied' }));
    const { read } = letters([], [], { deadLetters: { ...double.ports, queue: { ...double.ports.queue, count } } });
    const { list: first, task: reading } = await read();
    expect(reading).toMatchObject({ kind: 'dead-letters-reading', subject: null });
    isAllowed = false;
    const { task, list } = await read();
    expect(task.state).toBe('failed');
    expect(list.problem).toMatchObject({ kind: 'access-denied' });
    expect(list.problem?.message).toMatch(/sqs:ReceiveMessage.*sqs:GetQueueAttributes is denied$/);
    expect(list.since).toBe(first.since);
  });
});

describe('redriving from the console', () => {
  it('redrives those that the user chose and no other, and takes them off the list', async () => {
    const [mine, other] = two();
    const { ask, ended, read, sent, visible } = letters([mine, other]);
    const { list } = await read();
    const task = await ask(api.redriveDeadLetters, {
      ...{ since: list.since!, count: 1, filter: { reason: 'owner-missing' } },
    });
    const subject = list.rows.find(({ id }) => id === mine.event_id)?.message;
    expect(task).toMatchObject({ kind: 'dead-letters', subject, title: 'Redriving 1 dead letter' });
    expect((await ended(task)).report).toStrictEqual(['1 of 1 redriven.']);
    expect(sent.map((body) => (JSON.parse(body) as { event_id: string }).event_id)).toStrictEqual([mine.event_id]);
    expect((await ask(api.deadLetters, {})).rows.map(({ id }) => id)).toStrictEqual([other.event_id]);
    expect(visible.size).toBe(1);
  });

  it('leaves a dead letter alone that arrived after the list was read', async () => {
    const events = two();
    const late = failedEvent();
    const { ask, ended, read, sent, visible } = letters(events);
    const { list } = await read();
    visible.add(messageAbout(late));
    const task = await ended(await ask(api.redriveDeadLetters, { since: list.since!, count: 2 }));
    expect(task).toMatchObject({ kind: 'dead-letters', subject: null, title: 'Redriving 2 dead letters' });
    expect(sent).toHaveLength(2);
    expect(visible.size).toBe(1);
  });

  it('redrives what the user chose while the list was read again, if it is the same in it', async () => {
    const events = two();
    const { ask, ended, read, sent, visible } = letters(events);
    const { list: seen } = await read();
    visible.add(messageAbout(failedEvent()));
    await read();
    const messages = seen.rows.map(({ message }) => message);
    const task = await ask(api.redriveDeadLetters, { since: seen.since!, count: 2, messages });
    expect((await ended(task)).report).toStrictEqual(['2 of 2 redriven.']);
    expect(sent).toHaveLength(2);
  });

  it('refuses to act on what the user has not seen, and on more than the user confirmed', async () => {
    const { refused, read, sent, visible } = letters(two());
    const { list: first } = await read();
    visible.add(messageAbout(failedEvent()));
    const { list: second } = await read();
    for (const since of [first.since!, '2026-01-01T00:00:00.000Z']) {
      const { kind, message } = await refused(api.redriveDeadLetters, { since, count: 3 });
      expect([kind, message]).toStrictEqual(['conflict', expect.stringContaining('The list was read again meanwhile')]);
    }
    const more = await refused(api.redriveDeadLetters, { since: second.since!, count: 1 });
    expect(more.message).toContain('You confirmed 1, but 3 are chosen.');
    expect(sent).toStrictEqual([]);
  });

  it('refuses a confirmation of any number of them, so that it acts on what the user has seen only', async () => {
    const { app, read, sent } = letters(two());
    const { list } = await read();
    for (const count of ['1e999', '2.5', '-1']) {
      const body = `{"since": "${list.since}", "count": ${count}}`;
      const response = await app.request(api.redriveDeadLetters.path, { method: 'POST', body });
      expect(response.status).toBe(400);
      expect(await response.text()).toContain('count must be: a whole number of 0 or more');
    }
    expect(sent).toStrictEqual([]);
  });

  it('refuses to act on a dead letter that has another reason since the user has seen it', async () => {
    const [mine, other] = two();
    const events: EventItem[] = [mine, other];
    const { ask, refused, read } = letters(events);
    const { list } = await read();
    events[0] = { ...mine, reason: 'mail-unconfirmed' };
    const { list: again } = await read();
    expect(again.rows.map(({ reason }) => reason)).toStrictEqual(['mail-unconfirmed', 'mail-refused']);
    const choiceOf = (row: number) => ({ since: list.since!, count: 1, messages: [list.rows[row]!.message] });
    const { message } = await refused(api.redriveDeadLetters, choiceOf(0));
    expect(message).toContain('what you chose is not the same in it');
    expect((await ask(api.redriveDeadLetters, choiceOf(1))).title).toBe('Redriving 1 dead letter');
  });

  it('stops after the current one, and reports what it did', async () => {
    const events = [...two(), failedEvent()];
    let stop = (): void => undefined;
    const { ask, ended, read, runner, visible } = letters(events, undefined, {
      sendBody: () => {
        stop();
        return Promise.resolve('sent');
      },
    });
    const { list } = await read();
    stop = () => void runner.stop(runner.all()[0]!.id);
    const task = await ask(api.redriveDeadLetters, { since: list.since!, count: 3 });
    expect(await ended(task)).toMatchObject({ state: 'stopped', report: ['1 of 3 redriven.'] });
    expect(visible.size).toBe(2);
    expect((await ask(api.deadLetters, {})).total).toBe(2);
  });

  it('works on the queue one task after the other, because a second one would find it empty', async () => {
    const [one, other] = two();
    const { ask, ended, read, sent } = letters([one, other]);
    const { list } = await read();
    const redrive = (reason: 'owner-missing' | 'mail-refused') =>
      ask(api.redriveDeadLetters, { since: list.since!, count: 1, filter: { reason } });
    const tasks = [await redrive('owner-missing'), await redrive('mail-refused')];
    expect((await Promise.all(tasks.map(ended))).map(({ report }) => report)).toStrictEqual([
      ['1 of 1 redriven.'],
      ['1 of 1 redriven.'],
    ]);
    expect(sent).toHaveLength(2);
  });

  it('reports what was done when the cloud stops answering', async () => {
    const events = two();
    let calls = 0;
    const sendBody = () =>
      (calls += 1) === 2 ? Promise.reject(new Error('no answer')) : Promise.resolve('sent' as const);
    const { ask, ended, read } = letters(events, undefined, { sendBody });
    const { list } = await read();
    const task = await ended(await ask(api.redriveDeadLetters, { since: list.since!, count: 2 }));
    expect(task).toMatchObject({ state: 'failed', problem: { message: 'no answer' } });
    expect(task.report).toStrictEqual(['Done before the error: redriven 1, chosen 2.']);
    expect((await ask(api.deadLetters, {})).total).toBe(1);
  });
});

describe('discarding from the console', () => {
  it('needs a reason, and says what became of each', async () => {
    const [mine, other] = two();
    const { ask, ended, refused, read, discardedEvents } = letters(
      [mine, other],
      [messageAbout(mine), messageAbout(other), unreadableMessage()],
    );
    const { list } = await read();
    const choice = { since: list.since!, count: 2 };
    const messages = list.rows.filter(({ reason }) => reason !== 'mail-refused').map(({ message }) => message);
    expect((await refused(api.discardDeadLetters, { ...choice, messages, reason: ' ' })).message).toBe(
      'Give a reason.',
    );
    const task = await ended(await ask(api.discardDeadLetters, { ...choice, messages, reason: 'a test' }));
    expect(task).toMatchObject({ kind: 'dead-letters', subject: null, title: 'Discarding 2 dead letters' });
    expect(task.report).toStrictEqual([
      '2 of 2 removed from the dead-letter queue.',
      '1 discarded.',
      '1 message removed; no event was discarded.',
    ]);
    expect(discardedEvents).toStrictEqual([mine.event_id]);
    const [last] = (await ask(api.deadLetters, {})).rows;
    const one = { ...choice, count: 1, messages: [last!.message], reason: 'a test' };
    expect(await ended(await ask(api.discardDeadLetters, one))).toMatchObject({ subject: last!.message });
  });
});

describe('one dead letter', () => {
  it('has its message, and the steps of its event as they are now', async () => {
    const event = failedEvent({
      history: [{ at: '2026-02-01T00:00:00.000Z', what: 'failed', reason: 'owner-missing' }],
    });
    const { ask, read } = letters([event]);
    await read();
    const detail = await ask(api.deadLetter, { id: event.event_id });
    expect(detail).toMatchObject({ is_understood: true, row: { lead_id: event.lead_id }, others: [] });
    expect(detail?.body).toContain(event.s3_key);
    expect(detail?.event?.timeline.map(({ what }) => what)).toStrictEqual(['received', 'failed']);
  });

  it('hides a body that Leadline did not write until personal data is shown, and never shows a secret', async () => {
    const message = deadMessage(undefined, 'to kim@example.com secret_key=hidden');
    const { ask, read } = letters([], [message]);
    await read();
    expect(await ask(api.deadLetter, { id: message.messageId })).toMatchObject({ is_understood: false, body: null });
    expect(await ask(api.deadLetter, { id: message.messageId, personal: 'shown' })).toMatchObject({
      body: 'to kim@example.com secret_key=***',
    });
  });

  it('is null if the list has no such letter', async () => {
    const { ask, read } = letters(two());
    await read();
    expect(await ask(api.deadLetter, { id: 'no-such-letter' })).toBeNull();
  });
});

describe('failed events without a dead letter', () => {
  it('are not those that failed while the table was read', async () => {
    let at = Date.UTC(2026, 5, 1, 12);
    const now = () => new Date(at);
    const double = operatorDouble([], []);
    const scanPages = async function* () {
      const late = failedEvent({ failed_at: now().toISOString() });
      at += 60 * 60_000;
      yield await Promise.resolve({ events: [late], unreadable: [] });
    };
    const stack = { ...stackOf(double, []), scanPages };
    const { ask, ended } = asking((respond, runner) =>
      deadLetterRoutes(respond, stack, letterDesk(stack, runner, now), now),
    );
    await ended(await ask(api.findMissing, {}));
    expect((await ask(api.missing, {})).rows).toStrictEqual([]);
  });

  it('are found on request, and brought back without those that may be mailed twice', async () => {
    const [there, gone, maybe] = [failedEvent(), failedEvent(), failedEvent({ reason: 'mail-unconfirmed' })];
    const { ask, ended, sent, redrivenEvents } = letters([there, gone, maybe], [messageAbout(there)]);
    expect(await ask(api.missing, {})).toMatchObject({ since: null, rows: [] });
    const task = await ended(await ask(api.findMissing, {}));
    expect(task).toMatchObject({ kind: 'missing-dead-letters', subject: null });
    expect(task.report).toStrictEqual(['2 failed events without a dead letter.']);
    const found = await ask(api.missing, {});
    expect(found.rows.map(({ event_id, maybe_mailed }) => [event_id, maybe_mailed])).toStrictEqual([
      [gone.event_id, false],
      [maybe.event_id, true],
    ]);
    const choice = { since: found.since!, count: 1, with_maybe_mailed: false };
    expect((await ended(await ask(api.bringBack, choice))).report).toStrictEqual(['1 of 1 failed event queued again.']);
    expect(sent).toHaveLength(1);
    expect(redrivenEvents).toStrictEqual([gone.event_id]);
    expect((await ask(api.missing, {})).rows.map(({ event_id }) => event_id)).toStrictEqual([maybe.event_id]);
  });
});
