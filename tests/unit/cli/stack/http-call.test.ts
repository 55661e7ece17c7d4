import { httpCall } from '../../../../cli/stack/http-call';

const before = { ...process.env };
afterEach(() => {
  process.env = { ...before };
  jest.restoreAllMocks();
});

/** Makes `fetch` fail as it does where nothing listens. A name with several addresses has an error without a message. */
const refuse = (cause: Error): void => {
  const error = Object.assign(new TypeError('fetch failed'), { cause: Object.assign(cause, { code: 'ECONNREFUSED' }) });
  jest.spyOn(globalThis, 'fetch').mockRejectedValue(error);
};

it.each([new Error('connect ECONNREFUSED 127.0.0.1:4566'), new AggregateError([])])(
  'says that the local cloud is not running, and what starts it: %p',
  async (cause) => {
    refuse(cause);
    process.env.AWS_ENDPOINT_URL = 'http://localhost:4566/';
    await expect(httpCall(new URL('http://localhost:4566/_aws/ses/messages'))).rejects.toMatchObject({
      kind: 'no-answer',
      message: expect.stringMatching(/cloud at http:\/\/localhost:4566 is not running.*npm start/) as string,
    });
  },
);

it('says so of no other URL, such as that of --api-url', async () => {
  refuse(new Error('connect ECONNREFUSED 127.0.0.1:8080'));
  process.env.AWS_ENDPOINT_URL = 'http://127.0.0.1:4566';
  await expect(httpCall(new URL('http://127.0.0.1:8080/Prod/leads'))).rejects.toMatchObject({
    message: expect.stringMatching(/^No answer from http:\/\/127\.0\.0\.1:8080 .*Check the network/) as string,
  });
});
