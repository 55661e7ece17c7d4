import { Interrupted } from '../../../../shared/operations/interrupted';
import { listDeadLetters } from '../../../../shared/operations/list-dead-letters';
import { redriveDeadLetters } from '../../../../shared/operations/redrive-dead-letters';
import { all, down, failedEvent, messageAbout, operatorDouble, threeDeadLetters, withQueue } from './operator-double';

describe('an interruption', () => {
  it('releases what is not yet processed', async () => {
    const { ports, messages, visible, sent } = threeDeadLetters();
    const report = await redriveDeadLetters({ ...ports, isInterrupted: () => sent.length > 0 }, all);
    expect(report).toMatchObject({ redriven: 1, lost: 0, stillHidden: 0 });
    expect(report.chosen).toHaveLength(3);
    expect(visible).toStrictEqual(new Set(messages.slice(1)));
  });

  it('during the wait before a message sends nothing more', async () => {
    const { ports, messages, visible, sent } = threeDeadLetters();
    let interrupted = false;
    const pace = () => Promise.resolve(void (interrupted = sent.length === 1));
    await redriveDeadLetters({ ...ports, pace, isInterrupted: () => interrupted }, all);
    expect(sent).toStrictEqual([messages[0]?.body]);
    expect(visible).toStrictEqual(new Set(messages.slice(1)));
  });

  it('before all messages are received releases those that were', async () => {
    const { ports, messages, visible, sent } = threeDeadLetters();
    let read = 0;
    const interrupted = { ...ports, onProgress: () => (read += 1), isInterrupted: () => read > 0 };
    await expect(redriveDeadLetters(interrupted, all)).rejects.toThrow(Interrupted);
    expect(sent).toStrictEqual([]);
    expect(visible).toStrictEqual(new Set(messages));
  });
});

describe('an error', () => {
  it('of the queue releases the messages that were received', async () => {
    const { ports, messages, visible } = threeDeadLetters();
    const receiveAll = async function* () {
      for await (const page of ports.queue.receiveAll()) {
        yield page;
        throw new Error('no answer');
      }
    };
    await expect(redriveDeadLetters(withQueue(ports, { receiveAll }), all)).rejects.toThrow('no answer');
    expect(visible).toStrictEqual(new Set(messages));
  });

  it('of a message releases it, and those after it', async () => {
    const { ports, messages, visible } = threeDeadLetters();
    await expect(redriveDeadLetters({ ...ports, send: down }, all)).rejects.toThrow('down');
    expect(visible).toStrictEqual(new Set(messages));
  });

  it('is reported also if the release fails after it', async () => {
    const { ports } = threeDeadLetters();
    const release = () => Promise.reject(new Error('down as well'));
    await expect(redriveDeadLetters({ ...withQueue(ports, { release }), send: down }, all)).rejects.toMatchObject({
      message: 'down',
      cause: { done: { still_hidden: 3 } },
    });
  });
});

describe('a message that cannot be kept hidden', () => {
  it('is not processed, and is counted', async () => {
    const { ports, sent, messages } = threeDeadLetters();
    let calls = 0;
    // Calls 1 to 3 are made while messages are received, then one before each message.
    const keepHidden = () => Promise.resolve((calls += 1) < 5 ? [] : messages.slice(2));
    const report = await redriveDeadLetters(withQueue(ports, { keepHidden }), all);
    expect(report).toMatchObject({ redriven: 2, lost: 1 });
    expect(sent).toStrictEqual(messages.slice(0, 2).map(({ body }) => body));
  });
});

test('messages are kept hidden while the events of thousands are read', async () => {
  const event = failedEvent();
  const messages = Array.from({ length: 2_500 }, () => messageAbout(event));
  const { ports } = operatorDouble([event], messages);
  const calls: string[] = [];
  const readEvents: typeof ports.readEvents = (refs) => {
    calls.push('read');
    return ports.readEvents(refs);
  };
  const keepHidden = () => {
    calls.push('hide');
    return Promise.resolve([]);
  };
  await listDeadLetters({ ...withQueue(ports, { keepHidden }), readEvents }, all);
  expect(calls.slice(calls.indexOf('read'), calls.lastIndexOf('read'))).toContain('hide');
});

describe('a message that cannot be released', () => {
  const { messages } = threeDeadLetters();
  const release = () => Promise.resolve(messages.slice(1));

  it('is counted', async () => {
    const { ports } = threeDeadLetters();
    expect(await listDeadLetters(withQueue(ports, { release }), all)).toMatchObject({ stillHidden: 2 });
  });

  it('is counted after an interruption', async () => {
    const ports = { ...withQueue(threeDeadLetters().ports, { release }), isInterrupted: () => true };
    await expect(listDeadLetters(ports, all)).rejects.toThrow('2 dead letters could not be made visible again');
  });

  it('is counted after an error', async () => {
    const ports = { ...withQueue(threeDeadLetters().ports, { release }), send: down };
    await expect(redriveDeadLetters(ports, all)).rejects.toMatchObject({
      message: 'down',
      cause: { done: { still_hidden: 2 } },
    });
  });
});
