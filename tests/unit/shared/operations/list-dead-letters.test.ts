import { listDeadLetters } from '../../../../shared/operations/list-dead-letters';
import { all, failedEvent, messageAbout, operatorDouble, unreadableMessage } from './operator-double';

describe('listing dead letters', () => {
  it('gives each with its event, oldest first, and leaves all of them in the queue', async () => {
    const event = failedEvent();
    const messages = [messageAbout(event), unreadableMessage()];
    const { ports, visible, removed } = operatorDouble([event], [...messages].reverse());
    const { chosen } = await listDeadLetters(ports, all);
    expect(chosen).toStrictEqual([
      { message: messages[0], event },
      { message: messages[1], event: undefined },
    ]);
    expect(visible).toStrictEqual(new Set(messages));
    expect(removed.size).toBe(0);
  });

  it('tells an empty queue from one whose messages other consumers hold', async () => {
    const nothing = { chosen: [], lost: 0, stillHidden: 0 };
    expect(await listDeadLetters(operatorDouble([], [], 7).ports, all)).toStrictEqual({ ...nothing, held: 7 });
    expect(await listDeadLetters(operatorDouble([], []).ports, all)).toStrictEqual({ ...nothing, held: 0 });
  });

  it('does not count its own messages as held by other consumers', async () => {
    const event = failedEvent();
    const { ports } = operatorDouble([event], [messageAbout(event)], 2);
    expect(await listDeadLetters(ports, all)).toMatchObject({ held: 2 });
  });
});
