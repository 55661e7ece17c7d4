import type { APIGatewayProxyEvent } from 'aws-lambda';
import { withErrorAnswer } from '../../../../shared/lambda/http-handler';
import { logger } from '../../../../shared/lambda/logger';

const event = { requestContext: { requestId: 'c' } } as unknown as APIGatewayProxyEvent;
const logged = jest.spyOn(logger, 'error').mockReturnValue(undefined);

it.each([
  [
    'thrown',
    () => {
      throw new TypeError('money-talks-99');
    },
  ],
  ['a rejection', () => Promise.reject(new TypeError('money-talks-99'))],
])(
  'an unexpected error that is %s is answered with a 500 problem, and logged by its place without its message',
  async (_when, handler) => {
    logged.mockClear();
    const answer = await withErrorAnswer(handler)(event);
    expect(answer.statusCode).toBe(500);
    expect(answer.headers).toMatchObject({ 'content-type': 'application/problem+json' });
    expect(JSON.parse(answer.body)).toMatchObject({ type: 'urn:leadline:problem:internal', status: 500 });
    expect(logged.mock.calls).toMatchObject([
      [
        'unhandled error',
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
