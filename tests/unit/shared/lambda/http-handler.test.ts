import type { APIGatewayProxyEvent } from 'aws-lambda';
import { answeringErrors } from '../../../../shared/lambda/http-handler';
import { logger } from '../../../../shared/lambda/logger';

const event = { requestContext: { requestId: 'c' } } as unknown as APIGatewayProxyEvent;
const logged = jest.spyOn(logger, 'error').mockReturnValue(undefined);

it.each([
  [
    'at once',
    () => {
      throw new TypeError('money-talks-99');
    },
  ],
  ['later', () => Promise.reject(new TypeError('money-talks-99'))],
])(
  'an error of ours that comes %s is a 500 that can be read, and a line in the log without what it says',
  async (_when, handler) => {
    logged.mockClear();
    const answer = await answeringErrors(handler)(event);
    expect(answer.statusCode).toBe(500);
    expect(answer.headers).toMatchObject({ 'content-type': 'application/problem+json' });
    expect(JSON.parse(answer.body)).toMatchObject({ type: 'urn:leadline:problem:internal', status: 500 });
    expect(logged.mock.calls).toMatchObject([
      [
        'request met an error of this code',
        {
          correlation_id: 'c',
          error_name: 'TypeError',
          error_place: expect.stringContaining('http-handler.test') as string,
        },
      ],
    ]);
    expect(JSON.stringify([answer, logged.mock.calls])).not.toContain('money-talks-99');
  },
);
