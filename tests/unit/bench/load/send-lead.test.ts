import { type Answer, type Post, sendLead } from '../../../../bench/load/send-lead';

const request = { path: '/ingest', headers: {}, body: '{}' };

/** Sends a lead to an API that gives these answers in turn, the last one for ever. */
const sending = async (...answers: readonly (readonly [Answer, retryAfter?: string])[]) => {
  let tries = 0;
  const pauses: number[] = [];
  const post: Post = () => {
    const [answer, retryAfter] = answers[Math.min(tries, answers.length - 1)] ?? [500];
    tries += 1;
    return Promise.resolve({
      answer,
      ...(retryAfter === undefined ? {} : { retryAfter }),
      ...(answer === 202 || answer === 200 ? { eventId: 'e' } : {}),
    });
  };
  const pause = ((ms: number) => Promise.resolve(pauses.push(ms))) as never;
  const sent = await sendLead(post, request, 0, { signal: new AbortController().signal, pause });
  return { answers: sent.answers, eventId: sent.eventId, pauses };
};

test('a sender repeats what a retry can help, with backoff, until its lead is accepted', async () => {
  expect(await sending([502], ['no-answer'], [200])).toStrictEqual({
    answers: [502, 'no-answer', 200],
    eventId: 'e',
    pauses: [500, 1000],
  });
});

test('a sender waits as long as Retry-After asks for', async () => {
  expect((await sending([429, '3'], [503, 'later'], [202])).pauses).toStrictEqual([3000, 1000]);
});

test('a sender does not repeat what a retry cannot help', async () => {
  expect(await sending([422])).toStrictEqual({ answers: [422], eventId: undefined, pauses: [] });
});

test('a sender gives up in the end', async () => {
  const { answers, eventId } = await sending([503]);
  expect(answers).toHaveLength(10);
  expect(eventId).toBeUndefined();
});
