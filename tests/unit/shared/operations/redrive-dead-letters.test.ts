import { redriveDeadLetters } from '../../../../shared/operations/redrive-dead-letters';
import {
  all,
  failedEvent,
  messageAbout,
  operatorDouble,
  refreshOf,
  threeDeadLetters,
  unreadableMessage,
} from './operator-double';

describe('redriving dead letters', () => {
  it('sends those chosen, removes them, and releases the others', async () => {
    const orphan = failedEvent();
    const refused = failedEvent({ reason: 'mail-refused' });
    const messages = [messageAbout(orphan), messageAbout(refused)] as const;
    const { ports, visible, removed, sent } = operatorDouble([orphan, refused], messages);
    expect(await redriveDeadLetters(ports, { ids: [], reason: 'mail-refused' })).toMatchObject({
      redriven: 1,
      refused: 0,
      chosen: [{ event: refused }],
    });
    expect(sent).toStrictEqual([messages[1].body]);
    expect(removed).toStrictEqual(new Set([messages[1]]));
    expect(visible).toStrictEqual(new Set([messages[0]]));
  });

  it('allows each event new mails, except for a refresh, which sends none', async () => {
    const [failed, refreshed] = [failedEvent(), failedEvent()];
    const messages = [messageAbout(failed), refreshOf(refreshed), unreadableMessage()];
    const { ports, redrivenEvents, sent } = operatorDouble([failed, refreshed], messages);
    await redriveDeadLetters(ports, all);
    expect(redrivenEvents).toStrictEqual([failed.event_id]);
    expect(sent).toStrictEqual(messages.map(({ body }) => body));
  });

  it('sends a message before it removes it', async () => {
    const { ports, messages } = threeDeadLetters();
    const calls: string[] = [];
    const queue = { ...ports.queue, remove: () => Promise.resolve(void calls.push('remove')) };
    const send = () => {
      calls.push('send');
      return Promise.resolve('sent' as const);
    };
    await redriveDeadLetters({ ...ports, queue, send }, { ids: [messages[0]!.decoded!.event_id!] });
    expect(calls).toStrictEqual(['send', 'remove']);
  });

  it('reports what was redriven before an error', async () => {
    const { ports, sent } = threeDeadLetters();
    const send = (body: string) => (sent.length === 2 ? Promise.reject(new Error('down')) : ports.send(body));
    await expect(redriveDeadLetters({ ...ports, send }, all)).rejects.toMatchObject({
      message: 'down',
      done: { redriven: 2, chosen: 3 },
    });
  });

  it('goes on after a message that the queue refuses, which stays in the dead-letter queue', async () => {
    const { ports, messages, visible, sent } = threeDeadLetters();
    const send: typeof ports.send = (body) =>
      body === messages[1]?.body ? Promise.resolve('refused') : ports.send(body);
    expect(await redriveDeadLetters({ ...ports, send }, all)).toMatchObject({ redriven: 2, refused: 1 });
    expect(sent).toStrictEqual([messages[0]?.body, messages[2]?.body]);
    expect(visible).toStrictEqual(new Set([messages[1]]));
  });

  it('sends the message of an event whose record cannot be decoded', async () => {
    const event = failedEvent();
    const message = messageAbout(event);
    const { ports, sent, redrivenEvents } = operatorDouble([event], [message]);
    const readEvents: typeof ports.readEvents = async (refs) =>
      new Map([...(await ports.readEvents(refs)).keys()].map((key) => [key, 'unreadable']));
    await redriveDeadLetters({ ...ports, readEvents }, { ids: [], lead: event.lead_id, reason: 'store-unreadable' });
    expect(sent).toStrictEqual([message.body]);
    expect(redrivenEvents).toStrictEqual([event.event_id]);
  });
});
