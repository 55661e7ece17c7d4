import { checkEnvironment } from '../../../../cli/stack/check-environment';
import { Problem } from '../../../../cli/problems/problem';

describe('an endpoint or a proxy of the environment', () => {
  it.each([
    ['AWS_ENDPOINT_URL', 'localhost:4566'],
    ['AWS_ENDPOINT_URL', '127.0.0.1'],
    ['AWS_ENDPOINT_URL', 'ftp://localhost'],
    ['AWS_ENDPOINT_URL', 'http://'],
    ['AWS_ENDPOINT_URL', 'http://user:password@localhost'],
    ['AWS_ENDPOINT_URL_S3', 'http://local host:4566'],
    ['HTTPS_PROXY', 'http://user:password@:port'],
  ])('is refused by its name, without its value: %s=%s', (name, value) => {
    expect(() => checkEnvironment({ [name]: value })).toThrow(Problem);
    expect(() => checkEnvironment({ [name]: value })).toThrow(name);
    expect(() => checkEnvironment({ [name]: value })).not.toThrow('password');
  });

  it('is accepted if it is a URL, or empty', () => {
    const AWS_ENDPOINT_URL = 'http://127.0.0.1:4566';
    expect(() =>
      checkEnvironment({ AWS_ENDPOINT_URL, AWS_ENDPOINT_URL_SQS: '', https_proxy: 'proxy:3128' }),
    ).not.toThrow();
  });
});
