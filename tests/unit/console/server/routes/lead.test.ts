import {
  discard,
  documents,
  enrichNow,
  lead,
  mail,
  mailAgain,
  redrive,
  refresh,
} from '../../../../../console/api/lead';
import type { Task } from '../../../../../console/api/task';
import { letterDesk } from '../../../../../console/server/dead-letters/letter-desk';
import type { ConsolePorts } from '../../../../../console/server/ports';
import { leadActionRoutes } from '../../../../../console/server/routes/lead-actions';
import { leadRoutes } from '../../../../../console/server/routes/lead';
import { taskRunner } from '../../../../../console/server/task-runner';
import type { DocumentPorts, StoredText } from '../../../../../shared/operations/leads/lead-ports';
import type { KeptMail } from '../../../../../shared/operations/mailboxes';
import type { EventItem } from '../../../../../shared/stored/event-item';
import type { DeadLetterMessage } from '../../../../../shared/operations/dead-letter';
import { arbitraryEvent } from '../../../../support/arbitrary-event';
import { messageAbout, operatorDouble, withQueue } from '../../../shared/operations/operator-double';
import { asking, problemOf } from '../asking';
import { leadDouble, leadOf } from '../lead-double';

const now = () => new Date('2026-11-26T14:32:00.000Z');
const later = '2026-11-26T14:40:00.000Z';

type Given = Readonly<{
  messages?: readonly DeadLetterMessage[];
  held?: number;
  texts?: Partial<DocumentPorts>;
  mails?: readonly KeptMail[];
  change?: Partial<ConsolePorts['stack']>;
}>;

/** The routes of a lead on a stack with these events. */
const consoleWith = (
  events: readonly EventItem[],
  { messages = [], held = 0, texts = {}, mails, change }: Given = {},
) => {
  const { ports, ...double } = operatorDouble(events, messages, held);
  const applied: EventItem[] = [];
  const messagesSent: unknown[] = [];
  const missing = (): Promise<StoredText> => Promise.resolve({ kind: 'missing' });
  const stack = {
    ...leadDouble(events.map((event) => ({ event, lead: leadOf(event) }))),
    ...{ rawText: missing, enrichedText: missing, ...texts },
    deadLetters: ports,
    discard: ports.discard,
    noteRedrive: ports.noteRedrive,
    giveUpRefresh: ports.giveUpRefresh,
    sendBody: ports.send,
    sendMessage: (message: unknown) => Promise.resolve(void messagesSent.push(message)),
    reopen: () => Promise.resolve(undefined),
    askForRefresh: () => Promise.resolve(true),
    ...change,
  } as unknown as ConsolePorts['stack'];
  const pipeline = { apply: (event: EventItem) => applied.push(event) } as unknown as ConsolePorts['pipeline'];
  const runner = taskRunner(problemOf, now);
  const { ask } = asking((respond) => {
    leadRoutes(respond, { stack, now, ...(mails === undefined ? {} : { mailbox: () => Promise.resolve(mails) }) });
    leadActionRoutes(respond, { stack, pipeline, now }, letterDesk(stack, runner, now));
  });
  const ended = (id: string | undefined): Promise<Task> =>
    new Promise((resolve) => {
      const look = (): void => {
        const task = runner.all().find((one) => one.id === id);
        if (task !== undefined && task.endedAt !== null) resolve(task);
      };
      runner.onChange(look);
      look();
    });
  /** The latest task, once it has ended. */
  const report = () => ended(runner.all()[0]?.id);
  return { ...double, ask, applied, messagesSent, ended, report };
};

const at = ({ lead_id, event_id }: EventItem) => ({ id: lead_id, event: event_id });

describe('a lead', () => {
  it('shows what happened to each event, newest first, and what happens next', async () => {
    const mailed = arbitraryEvent({
      state: 'NOTIFIED',
      history: [{ at: '2026-11-26T14:12:00.000Z', what: 'notified' }],
      warnings: [{ path: 'status', message: 'was cut to 128 characters' }],
    });
    const waiting = arbitraryEvent({ lead_id: mailed.lead_id, due_at: later });
    const { answer, text } = await consoleWith([mailed, waiting]).ask(lead, { id: mailed.lead_id });
    expect(answer.events.map(({ event_id }) => event_id)).toEqual([waiting.event_id, mailed.event_id]);
    expect(answer.events[0]?.next).toEqual({ says: 'Queued. It is enriched and mailed when it is due.', at: later });
    expect(answer.events[1]).toMatchObject({ warnings: mailed.warnings, next: null });
    expect(answer.events[1]?.timeline.map(({ says }) => says)).toEqual([
      'Received, stored and queued.',
      'Enriched and mailed.',
    ]);
    expect(text).not.toMatch(/ana@lindab|Ana Lind/);
  });

  it('masks addresses in a text, until the page asks for personal data', async () => {
    const address = 'eva@lindab.example';
    const discarded = arbitraryEvent({
      state: 'DISCARDED',
      discard_reason: `asked by ${address}`,
      history: [{ at: '2026-11-26T14:12:00.000Z', what: 'discarded', reason: `asked by ${address}` }],
      warnings: [{ path: address, message: `is not ${address}` }],
    });
    const failed = arbitraryEvent({ lead_id: discarded.lead_id, state: 'FAILED', reason_detail: `no ${address}` });
    const { ask } = consoleWith([discarded, failed]);
    const masked = await ask(lead, { id: discarded.lead_id });
    expect(masked.text).not.toContain('lindab');
    const [newest, oldest] = masked.answer.events;
    expect([newest?.failure?.detail, oldest?.discard_reason]).toEqual(['no •••@•••', 'asked by •••@•••']);
    const shown = await ask(lead, { id: discarded.lead_id, personal: 'shown' });
    expect(shown.answer.events[1]).toMatchObject({
      discard_reason: `asked by ${address}`,
      warnings: discarded.warnings,
      timeline: [{ what: 'received' }, { what: 'discarded', reason: `asked by ${address}` }],
    });
  });

  it('says why an event failed and what fixes it', async () => {
    const event = arbitraryEvent({ state: 'FAILED', reason_detail: 'lookup' });
    const { answer } = await consoleWith([event]).ask(lead, { id: event.lead_id });
    expect(answer.events[0]?.failure).toMatchObject({ reason: 'owner-missing', detail: 'lookup', title: 'No owner' });
    expect(answer.events[0]?.failure?.fix).toContain('then redrive');
  });

  it.each<readonly [EventItem, readonly string[]]>([
    [arbitraryEvent(), ['enrich-now', 'put-owner']],
    [arbitraryEvent({ state: 'CLAIMED', lease_until: later }), ['put-owner']],
    [arbitraryEvent({ state: 'CLAIMED', lease_until: '2026-11-26T14:00:00.000Z' }), ['enrich-now', 'put-owner']],
    [arbitraryEvent({ state: 'NOTIFIED' }), ['refresh', 'mail-again', 'put-owner']],
    [arbitraryEvent({ state: 'NOTIFIED', refresh_asked_at: later }), ['mail-again', 'put-owner']],
    [arbitraryEvent({ state: 'FAILED' }), ['redrive', 'discard', 'put-owner']],
    [arbitraryEvent({ state: 'DISCARDED' }), ['refresh', 'mail-again', 'put-owner']],
  ])('offers what the state of $state allows, and says why the rest is not', async (event, allowed) => {
    const { answer } = await consoleWith([event]).ask(lead, { id: event.lead_id });
    const actions = answer.events[0]?.actions ?? [];
    expect(actions.filter(({ why_not }) => why_not === null).map(({ name }) => name)).toEqual(allowed);
    expect(actions).toHaveLength(6);
  });
});

describe('the documents of an event', () => {
  const texts: DocumentPorts = {
    rawText: () =>
      Promise.resolve({
        kind: 'found',
        text:
          '{"lead_id":"LD-1","display_name":"Ana Lind","lead_email":"ana@lindab.example","phone":46701234567,' +
          '"note":"call her at home","opened":true,"token":"s3cret","big":12345678901234567890}',
      }),
    enrichedText: () =>
      Promise.resolve({
        kind: 'found',
        text:
          '{"lead_id":"LD-1","event_id":"e","source":"crm","lead":{"owner":"Ana Lind"},' +
          '"owner":{"owner_name":"Bob Builder","owner_email":"bob@team.example"}}',
      }),
  };

  it('are masked until the page asks for personal data, and never show a secret', async () => {
    const event = arbitraryEvent();
    const { ask } = consoleWith([event], { texts });
    const masked = await ask(documents, at(event));
    expect(masked.text).not.toMatch(/Ana|lindab|467|at home|s3cret|bob@|1234567890/);
    expect(masked.answer.raw.text).toContain('"lead_id": "LD-1"');
    expect(masked.answer.raw.text).toContain('"opened": true');
    const shown = await ask(documents, { ...at(event), personal: 'shown' });
    expect(shown.answer.raw.text).toContain('"note": "call her at home"');
    expect(shown.answer.raw.text).toContain('"big": 12345678901234567890');
    expect(shown.text).not.toContain('s3cret');
  });

  it('mark the lines that the owner added', async () => {
    const event = arbitraryEvent();
    const { answer } = await consoleWith([event], { texts }).ask(documents, { ...at(event), personal: 'shown' });
    const [added] = answer.enriched.added;
    const lines = (answer.enriched.text ?? '').split('\n').slice((added?.from ?? 0) - 1, added?.to);
    expect(lines).toEqual([
      '  "owner": {',
      '    "owner_name": "Bob Builder",',
      '    "owner_email": "bob@team.example"',
      '  }',
    ]);
    expect(answer.owner_fields).toEqual(['owner_name', 'owner_email']);
  });

  it('say why there is none, and show at most 256 Ki characters', async () => {
    const event = arbitraryEvent();
    const long = { ...texts, rawText: () => Promise.resolve({ kind: 'found' as const, text: 'x'.repeat(300_000) }) };
    const { answer } = await consoleWith([event], { texts: { rawText: long.rawText } }).ask(documents, {
      ...at(event),
      personal: 'shown',
    });
    expect(answer.raw).toMatchObject({ is_cut: true, bytes: 300_000 });
    expect(answer.raw.text).toHaveLength(262_144);
    expect(answer.enriched).toMatchObject({ text: null, why_not: expect.stringContaining('no such object') as string });
  });
});

describe('the mail of an event', () => {
  const about = ({ lead_id, event_id }: EventItem): KeptMail => ({
    to: ['sales@example.com'],
    subject: `Lead Ana Lind (${lead_id}) for Bob Builder`,
    text: `Lead: Ana Lind (${lead_id})\nEmail: ana@lindab.example\nOwner: Bob Builder\nEvent: ${event_id}\n`,
  });

  it('is the one that was sent about it, masked until it is shown', async () => {
    const [event, other] = [arbitraryEvent(), arbitraryEvent()];
    const { ask } = consoleWith([event, other], { mails: [about(event), about(other)] });
    const masked = await ask(mail, at(event));
    expect(masked.answer.mails).toHaveLength(1);
    expect(masked.text).not.toMatch(/Ana|lindab|sales@/);
    expect(masked.answer.mails[0]?.subject).toBe(`Lead A••• L••• (${event.lead_id}) for Bob Builder`);
    const shown = await ask(mail, { ...at(event), personal: 'shown' });
    expect(shown.answer.mails[0]).toMatchObject({ to: ['sales@example.com'], text: about(event).text });
  });

  it('is not there on AWS, and the answer says why', async () => {
    const event = arbitraryEvent();
    const { answer } = await consoleWith([event]).ask(mail, at(event));
    expect(answer).toMatchObject({ mails: [], why_not: expect.stringContaining('AWS keeps no mails') as string });
  });
});

describe('an action on an event', () => {
  it('enriches a waiting event now, by its own message', async () => {
    const event = arbitraryEvent({ due_at: later });
    const { ask, messagesSent, applied } = consoleWith([event]);
    const { answer } = await ask(enrichNow, at(event));
    expect(messagesSent).toEqual([{ s3_key: event.s3_key, lead_id: event.lead_id, event_id: event.event_id }]);
    expect(answer.says).toContain('within seconds');
    expect(applied).toEqual([event]);
  });

  it('refreshes and mails again by a replay of this event alone', async () => {
    const event = arbitraryEvent({ state: 'NOTIFIED' });
    const { ask, messagesSent } = consoleWith([event]);
    await ask(refresh, at(event));
    await ask(mailAgain, at(event));
    expect(messagesSent).toMatchObject([{ event_id: event.event_id, intent: 'refresh' }, { event_id: event.event_id }]);
  });

  it.each([
    [enrichNow, arbitraryEvent({ state: 'NOTIFIED' })],
    [refresh, arbitraryEvent()],
    [mailAgain, arbitraryEvent({ state: 'CLAIMED', lease_until: later })],
    [redrive, arbitraryEvent({ state: 'NOTIFIED' })],
  ])('is refused by the state that the table has now: %j', async (endpoint, event) => {
    const { ask, messagesSent, sent } = consoleWith([event]);
    const { status, problem } = await ask(endpoint, at(event));
    expect({ status, kind: problem.kind }).toEqual({ status: 409, kind: 'conflict' });
    expect([...messagesSent, ...sent]).toEqual([]);
  });

  it('is refused if another operator was faster', async () => {
    const event = arbitraryEvent({ state: 'NOTIFIED' });
    const { ask } = consoleWith([event], {
      change: { askForRefresh: () => Promise.resolve(false), reopen: () => Promise.resolve(event) },
    });
    expect((await ask(refresh, at(event))).status).toBe(409);
    expect((await ask(mailAgain, at(event))).status).toBe(409);
  });

  it('redrives the dead letter of this event and of no other', async () => {
    const events = [arbitraryEvent({ state: 'FAILED' }), arbitraryEvent({ state: 'FAILED' })];
    const [event] = events;
    const { ask, sent, removed, visible, report } = consoleWith(events, { messages: events.map(messageAbout) });
    if (event === undefined) throw new Error('no event');
    await ask(redrive, at(event));
    expect(await report()).toMatchObject({
      ...{ kind: 'lead-event', subject: event.lead_id, title: `Redriving the dead letter of ${event.lead_id}` },
    });
    expect(await report()).toMatchObject({ state: 'done', report: [expect.stringContaining('was sent')] });
    expect(sent).toHaveLength(1);
    expect(sent[0]).toContain(event.event_id);
    expect([removed.size, visible.size]).toEqual([1, 1]);
  });

  it('sends a new message if the dead letter has expired, but not while another command may hold it', async () => {
    const event = arbitraryEvent({ state: 'FAILED' });
    const expired = consoleWith([event]);
    await expired.ask(redrive, at(event));
    expect((await expired.report()).report[0]).toContain('It had no dead letter');
    expect(expired.sent).toHaveLength(1);
    const early = arbitraryEvent({ state: 'FAILED', failed_at: '2026-11-26T14:31:00.000Z' });
    const retried = consoleWith([early]);
    await retried.ask(redrive, at(early));
    expect((await retried.report()).report[0]).toContain('Its message may still be retried');
    expect(retried.sent).toEqual([]);
    const held = consoleWith([event], { held: 2 });
    await held.ask(redrive, at(event));
    expect((await held.report()).report[0]).toContain('Another command holds about 2 dead letters.');
    expect(held.sent).toEqual([]);
  });

  it('waits for another task on the queue, instead of sending a second message', async () => {
    const [one, other] = [arbitraryEvent({ state: 'FAILED' }), arbitraryEvent({ state: 'FAILED' })];
    let goOn = (): void => undefined;
    const isHeld = new Promise<void>((resolve) => (goOn = resolve));
    const { ask, sent, removed, ended } = consoleWith([one, other], {
      messages: [one, other].map(messageAbout),
      change: { noteRedrive: () => isHeld },
    });
    const { task: first } = (await ask(redrive, at(one))).answer;
    const { task: second } = (await ask(redrive, at(other))).answer;
    goOn();
    for (const task of [first, second])
      expect((await ended(task?.id)).report).toEqual([expect.stringContaining('Its dead letter was sent.')]);
    expect([sent.length, removed.size]).toEqual([2, 2]);
  });

  it('looks at the event again when its turn has come', async () => {
    const event = arbitraryEvent({ state: 'FAILED' });
    let inTable: EventItem = event;
    let discards = 0;
    const change: Partial<ConsolePorts['stack']> = {
      leadsOfEvents: () => Promise.resolve({ found: [{ event: inTable, lead: undefined }], unreadable: 0 }),
      discard: () => {
        discards += 1;
        inTable = arbitraryEvent({ ...event, state: 'DISCARDED' });
        return Promise.resolve(undefined);
      },
    };
    const { ask, ended } = consoleWith([event], { change });
    const twice = [1, 2].map(() => ask(discard, { ...at(event), reason: 'a test lead' }));
    const [, second] = await Promise.all(twice);
    expect(second?.answer.task).toMatchObject({
      ...{ kind: 'lead-event', subject: event.lead_id, title: `Discarding the event of ${event.lead_id}` },
    });
    expect((await ended(second?.answer.task?.id)).report).toEqual([
      'Nothing was changed. Only an event that failed can be discarded.',
    ]);
    expect(discards).toBe(1);
  });

  it('says that it could not keep the messages hidden, if no other command holds them', async () => {
    const event = arbitraryEvent({ state: 'FAILED' });
    const { ports } = operatorDouble([event], [messageAbout(event)]);
    // They are visible again, so that SQS counts none as hidden.
    const count = () => Promise.resolve({ visible: 0, hidden: 0 });
    const deadLetters = withQueue(ports, { count, keepHidden: (messages) => Promise.resolve([...messages]) });
    const { ask, report, sent } = consoleWith([event], { change: { deadLetters } });
    await ask(redrive, at(event));
    expect((await report()).report).toEqual([
      'Nothing was changed. Leadline could not keep 1 dead letter hidden. Try again.',
    ]);
    expect(sent).toEqual([]);
  });

  it('discards with a reason, with and without a dead letter', async () => {
    const event = arbitraryEvent({ state: 'FAILED' });
    const { ask, discardedEvents, removed, report } = consoleWith([event], { messages: [messageAbout(event)] });
    expect((await ask(discard, { ...at(event), reason: ' ' })).status).toBe(400);
    await ask(discard, { ...at(event), reason: 'a test lead' });
    await report();
    expect([discardedEvents, removed.size]).toEqual([[event.event_id], 1]);
    const without = consoleWith([event]);
    await without.ask(discard, { ...at(event), reason: 'a test lead' });
    expect((await without.report()).report[0]).toContain('It had no dead letter');
    expect(without.discardedEvents).toEqual([event.event_id]);
  });

  it('says which event does not exist, instead of acting', async () => {
    const { ask } = consoleWith([]);
    expect(await ask(enrichNow, { id: 'LD-1', event: 'gone' })).toMatchObject({
      status: 400,
      problem: { message: 'There is no such event. It may have expired.' },
    });
  });
});
