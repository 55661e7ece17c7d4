import { environmentOf } from '../tests/support/fake-aws';

/**
 * The environment of a measured program: that of a function in Lambda. boto3 reads the region from another variable than
 * the SDK for JavaScript.
 */
export const lambdaEnvironment = (name: string, endpoint: string): NodeJS.ProcessEnv => {
  const variables = environmentOf(name, endpoint);
  return {
    ...variables,
    AWS_DEFAULT_REGION: variables.AWS_REGION,
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  };
};
