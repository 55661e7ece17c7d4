import { proxyFor, throughProxy } from '../../../../cli/stack/proxy';

const before = { ...process.env };
afterEach(() => {
  process.env = { ...before };
});

test('a proxy is used for AWS, and not for a cloud on this machine nor for NO_PROXY', () => {
  Object.assign(process.env, {
    HTTPS_PROXY: 'http://proxy:3128',
    HTTP_PROXY: 'http://proxy:3128',
    NO_PROXY: '.internal',
    // The lower case has precedence, and the process that runs the tests may have set it.
    no_proxy: '.internal',
  });
  expect(proxyFor('https://sqs.us-east-1.amazonaws.com/')).toBe('http://proxy:3128');
  expect(proxyFor('https://vpce.internal/')).toBe('');
  expect(proxyFor('http://127.0.0.1:4566/')).toBe('');
  expect(throughProxy({ requestHandler: { requestTimeout: 1 } }).requestHandler).toMatchObject({
    requestTimeout: 1,
    httpsAgent: expect.anything() as object,
  });
});
