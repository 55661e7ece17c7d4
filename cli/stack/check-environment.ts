import { Problem } from '../problems/problem';

/** The SDK's, for all services or one of them. */
const isEndpoint = (name: string): boolean => /^AWS_ENDPOINT_URL(_[A-Z0-9_]+)?$/.test(name);

const isProxy = (name: string): boolean => /^(https?|all)_proxy$/i.test(name);

/**
 * Refuses what can't be an endpoint or a proxy, before anything is asked of it. The value is not repeated: it may hold a password.
 *
 * @throws a Problem that names the variable
 */
export const checkEnvironment = (env: NodeJS.ProcessEnv): void => {
  for (const [name, value = ''] of Object.entries(env)) {
    if (value === '') continue;
    if (isEndpoint(name) && isHttp(value) && !isOrigin(value))
      throw new Problem(
        'configuration',
        `${name} must be a URL of a scheme, a host and a port only, such as http://127.0.0.1:4566. Remove the rest.`,
      );
    if (isEndpoint(name) && !isHttp(value))
      throw new Problem(
        'configuration',
        `${name} is not a URL with a scheme and a host. Set it to one such as http://127.0.0.1:4566, or unset it.`,
      );
    // By common usage a proxy's scheme may be left out.
    if (isProxy(name) && !isProxyUrl(value.includes('://') ? value : `http://${value}`))
      throw new Problem('configuration', `${name} is not the URL of a proxy. Set it to one such as http://proxy:3128.`);
  }
};

const isProxyUrl = (text: string): boolean => isUrl(text) && /^(https?|socks[45]?[ah]?):$/.test(new URL(text).protocol);

const isUrl = (text: string): boolean => URL.canParse(text) && new URL(text).hostname !== '';

/** Without a user, a password, a path or a query: what an error says of it may be printed. */
const isOrigin = (text: string): boolean => {
  const { username, password, pathname, search, hash } = new URL(text);
  return [username, password, search, hash].every((part) => part === '') && pathname === '/';
};

const isHttp = (text: string): boolean =>
  isUrl(text) && ['http:', 'https:'].includes(new URL(text).protocol) && !/\s/.test(text);
