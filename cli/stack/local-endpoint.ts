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
