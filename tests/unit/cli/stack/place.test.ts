import { settlePlace } from '../../../../cli/stack/place';

const profiles = {
  default: { region: 'us-west-2' },
  sales: { region: 'eu-north-1', endpoint_url: 'http://127.0.0.1:4566' },
  keys: { credential_source: 'Environment', role_arn: 'arn:aws:iam::000000000000:role/any' },
};

const settled = async (
  env: NodeJS.ProcessEnv,
  options: Parameters<typeof settlePlace>[1],
  known: Readonly<Record<string, Readonly<Record<string, string>>>> = { default: {}, sales: profiles.sales },
): Promise<NodeJS.ProcessEnv> => {
  await settlePlace(env, options, () => Promise.resolve(known));
  return env;
};

describe('the place in which leadline works', () => {
  it('is that of the options, even if the environment names another one', async () => {
    const env = {
      AWS_PROFILE: 'default',
      AWS_REGION: 'us-east-1',
      AWS_DEFAULT_REGION: 'us-east-1',
      AWS_ENDPOINT_URL: 'http://other.example',
      AWS_ENDPOINT_URL_S3: 'http://s3.example',
      AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true',
      AWS_ACCESS_KEY_ID: 'AKIA',
      AWS_SECRET_ACCESS_KEY: 'any',
      AWS_SESSION_TOKEN: 'any',
    };
    const options = { profile: 'sales', region: 'eu-west-1', endpointUrl: 'http://127.0.0.1:1' };
    expect(await settled(env, options)).toStrictEqual({
      AWS_PROFILE: 'sales',
      AWS_REGION: 'eu-west-1',
      AWS_DEFAULT_REGION: 'us-east-1',
      AWS_ENDPOINT_URL: 'http://127.0.0.1:1',
    });
  });

  it('is that of the environment without options, even if the profile names another one', async () => {
    const env = { AWS_PROFILE: 'sales', AWS_REGION: 'us-east-1', AWS_ENDPOINT_URL: 'http://other.example' };
    expect(await settled({ ...env }, {})).toStrictEqual(env);
  });

  it('has the endpoint of the profile, by the option or by the environment, if nothing else names one', async () => {
    const AWS_ENDPOINT_URL = 'http://127.0.0.1:4566';
    expect(await settled({}, { profile: 'sales' })).toStrictEqual({ AWS_PROFILE: 'sales', AWS_ENDPOINT_URL });
    expect(await settled({ AWS_PROFILE: 'sales' }, {})).toStrictEqual({ AWS_PROFILE: 'sales', AWS_ENDPOINT_URL });
    expect(await settled({}, {})).toStrictEqual({});
    const AWS_IGNORE_CONFIGURED_ENDPOINT_URLS = 'true';
    expect(await settled({ AWS_IGNORE_CONFIGURED_ENDPOINT_URLS }, { profile: 'sales' })).not.toHaveProperty(
      'AWS_ENDPOINT_URL',
    );
  });

  it('keeps keys of the environment for a profile that names them as its source', async () => {
    const env = await settled({ AWS_ACCESS_KEY_ID: 'AKIA' }, { profile: 'keys' }, profiles);
    expect(env).toMatchObject({ AWS_ACCESS_KEY_ID: 'AKIA', AWS_PROFILE: 'keys' });
  });

  it('cannot be a profile that does not exist', async () => {
    const env = { AWS_PROFILE: 'default' };
    await expect(settled(env, { profile: 'sale' })).rejects.toMatchObject({
      kind: 'usage',
      message: 'There is no profile sale in the AWS configuration. The profiles are: default, sales.',
    });
    await expect(settled(env, { profile: 'sale' }, {})).rejects.toThrow('aws configure --profile sale');
    expect(env).toStrictEqual({ AWS_PROFILE: 'default' });
  });
});
