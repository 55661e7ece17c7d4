/**
 * The endpoint of a local cloud without a slash at its end, such as `http://127.0.0.1:4566`.
 *
 * @returns `undefined` if the environment names no endpoint, or one of AWS
 */
export const localEndpoint = ({ AWS_ENDPOINT_URL = '' }: NodeJS.ProcessEnv): string | undefined => {
  const host = URL.canParse(AWS_ENDPOINT_URL) ? new URL(AWS_ENDPOINT_URL).hostname : '';
  return host === '' || /\.(amazonaws\.com(\.cn)?|api\.aws)$/.test(host)
    ? undefined
    : AWS_ENDPOINT_URL.replace(/\/+$/, '');
};

/**
 * The URL of the API. The output ApiUrl has a host name of AWS. A local cloud answers for its APIs on its own endpoint.
 *
 * @param outputs gives an output of the stack by its name
 * @param endpoint that of a local cloud, or `undefined`
 */
export const apiUrlIn = (outputs: (name: 'ApiUrl' | 'ApiId') => string, endpoint: string | undefined): string =>
  endpoint === undefined ? outputs('ApiUrl') : `${endpoint}/_aws/execute-api/${outputs('ApiId')}/Prod`;
