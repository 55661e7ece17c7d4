import { openLoop } from '../../../../bench/load/open-loop';

const { signal } = new AbortController();

test('leads arrive on schedule although no earlier one has been answered', async () => {
  const answers: (() => void)[] = [];
  const running = openLoop({ count: 5, perSecond: 1000, signal }, (index) => {
    const answer = new Promise<number>((resolve) => answers.push(() => resolve(index)));
    // Nothing is answered until all five have been sent.
    if (index === 4) for (const give of [...answers].reverse()) give();
    return answer;
  });
  expect(await running).toStrictEqual([0, 1, 2, 3, 4]);
});

test('each arrival is due at its place in the schedule, even if the generator is late', async () => {
  const dues = await openLoop({ count: 4, perSecond: 500, signal }, (index, dueMs) => {
    // Makes the next arrivals late.
    if (index === 0) for (const end = Date.now() + 20; Date.now() < end;);
    return Promise.resolve(dueMs);
  });
  expect(dues.map((due) => due - (dues[0] ?? 0))).toStrictEqual([0, 2, 4, 6]);
});

test('an aborted run sends no further lead', async () => {
  const stopping = new AbortController();
  const sent: number[] = [];
  const running = openLoop({ count: 1000, perSecond: 100, signal: stopping.signal }, (index) => {
    sent.push(index);
    stopping.abort();
    return Promise.resolve();
  });
  await expect(running).rejects.toThrow('abort');
  expect(sent).toStrictEqual([0]);
});
