import { localApiUrl } from '../../dev/cloud/deploy';
import { deployedStacks } from '../stack/deployed';
import { corsOrigin } from './cors-origin';

const [{ endpoint, outputs }] = deployedStacks();
const url = `${localApiUrl(endpoint, outputs)}/leads?email=a@example.com`;

/** The status of an answer, and its headers of CORS. */
const read = async (request: RequestInit): Promise<readonly [number, Readonly<Record<string, string>>]> => {
  const answer = await fetch(url, request);
  await answer.arrayBuffer();
  return [
    answer.status,
    Object.fromEntries([...answer.headers].filter(([name]) => name.startsWith('access-control-'))),
  ];
};

const preflight = (origin: string) =>
  read({
    method: 'OPTIONS',
    headers: {
      origin,
      'access-control-request-method': 'GET',
      'access-control-request-headers': 'authorization,x-amz-date',
    },
  });

test('a page of CorsAllowedOrigin may send signed queries, and read their answers', async () => {
  expect(await preflight(corsOrigin)).toStrictEqual([
    204,
    {
      'access-control-allow-origin': corsOrigin,
      'access-control-allow-methods': 'GET',
      'access-control-allow-headers': 'authorization,x-amz-date,x-amz-security-token,x-amz-content-sha256,content-type',
      'access-control-max-age': '7200',
    },
  ]);
  expect(await read({ headers: { origin: corsOrigin } })).toStrictEqual([
    200,
    {
      'access-control-allow-origin': corsOrigin,
      'access-control-expose-headers': 'retry-after,x-amzn-errortype,x-amzn-requestid',
    },
  ]);
});

// LocalStack has headers of CORS of its own for pages on the loopback interface. They do not reach the API.
test.each(['https://other.example.com', 'http://localhost:3000'])('%s is permitted nothing', async (origin) => {
  expect(await preflight(origin)).toStrictEqual([403, {}]);
  const [, headers] = await read({ headers: { origin } });
  expect(headers['access-control-allow-origin']).toBe(corsOrigin);
});
