import { localEnvironment, regionOf } from '../../../../dev/start/environment';

const cloud = {
  endpoint: 'http://127.0.0.1:4566',
  region: 'eu-north-1',
  credentials: { accessKeyId: 'AKIA0', secretAccessKey: 'secret' },
};

const withEnvironment = <A>(environment: Readonly<Record<string, string>>, work: () => A): A => {
  const before = { ...process.env };
  Object.assign(process.env, environment);
  try {
    return work();
  } finally {
    process.env = before;
  }
};

describe('the environment of programs that run locally', () => {
  it.each([
    ['AWS_PROFILE', 'company'],
    ['AWS_SESSION_TOKEN', 'old'],
    ['AWS_ENDPOINT_URL_S3', 'http://elsewhere'],
    ['AWS_USE_FIPS_ENDPOINT', 'true'],
    ['NODE_ENV', 'production'],
    ['PYTHONHOME', '/nowhere'],
    ['PIP_TARGET', '/elsewhere'],
    ['USE_SSL', '1'],
    ['EDGE_PORT', '1'],
    ['LAMBDA_EXECUTOR', 'docker'],
    ['LOG_LEVEL', 'debug'],
    ['SAM_CLI_POLL_DELAY', 'x'],
  ])('has no %s of the user', (name, value) => {
    expect(withEnvironment({ [name]: value }, () => localEnvironment(cloud))[name]).toBeUndefined();
  });

  it('has the key, region and endpoint of the cloud, whatever the user has', () => {
    const user = {
      AWS_REGION: '',
      AWS_DEFAULT_REGION: 'us-west-2',
      AWS_ACCESS_KEY_ID: 'AKIAREAL',
      AWS_ENDPOINT_URL: 'x',
    };
    expect(withEnvironment(user, () => localEnvironment(cloud))).toMatchObject({
      AWS_REGION: 'eu-north-1',
      AWS_DEFAULT_REGION: 'eu-north-1',
      AWS_ACCESS_KEY_ID: 'AKIA0',
      AWS_SECRET_ACCESS_KEY: 'secret',
      AWS_ENDPOINT_URL: cloud.endpoint,
    });
  });

  it('excludes this machine from the proxy of the user, in both spellings', () => {
    const environment = withEnvironment(
      { HTTP_PROXY: 'http://127.0.0.1:9', NO_PROXY: 'a.example', no_proxy: 'b.example' },
      () => localEnvironment(cloud),
    );
    expect(environment).toMatchObject({ HTTP_PROXY: 'http://127.0.0.1:9' });
    expect(environment.NO_PROXY).toBe('b.example,a.example,127.0.0.1,localhost,::1');
    expect(environment.no_proxy).toBe(environment.NO_PROXY);
  });
});

describe('the region of npm start', () => {
  it.each([
    [{}, 'us-east-1'],
    [{ AWS_REGION: '', AWS_DEFAULT_REGION: '' }, 'us-east-1'],
    [{ AWS_REGION: '', AWS_DEFAULT_REGION: 'eu-north-1' }, 'eu-north-1'],
    [{ AWS_REGION: 'eu-west-1', AWS_DEFAULT_REGION: 'eu-north-1' }, 'eu-west-1'],
    [{ AWS_REGION: 'us-gov-west-1' }, 'us-gov-west-1'],
  ])('of %j is %s', (environment, region) => {
    expect(regionOf(environment)).toBe(region);
  });

  it.each([
    [{ AWS_REGION: 'local' }, 'AWS_REGION is "local"'],
    [{ AWS_DEFAULT_REGION: 'us east' }, 'AWS_DEFAULT_REGION is "us east"'],
  ])('of %j is refused by name', (environment, message) => {
    expect(() => regionOf(environment)).toThrow(message);
  });
});
