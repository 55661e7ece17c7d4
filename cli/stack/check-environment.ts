import { Problem } from '../problems/problem';

/** The SDK reads an endpoint for all services, and one for each service. */
const isEndpoint = (name: string): boolean => /^AWS_ENDPOINT_URL(_[A-Z0-9_]+)?$/.test(name);

const isProxy = (name: string): boolean => /^(https?|all)_proxy$/i.test(name);

/**
 * Refuses endpoints and proxies of the environment that cannot be URLs, before any request is made.
 *
 * @throws a Problem that names the variable. It does not repeat the value, which may hold a password
 */
export const checkEnvironment = (env: NodeJS.ProcessEnv): void => {
  for (const [name, value = ''] of Object.entries(env)) {
    if (value === '') continue;
    if (isEndpoint(name) && isHttp(value) && !isOrigin(value))
      throw new Problem(
        'configuration',
        `${name} may have only a scheme, a host and a port, such as http://127.0.0.1:4566. Remove the rest.`,
      );
    if (isEndpoint(name) && !isHttp(value))
      throw new Problem(
        'configuration',
        `${name} is not a URL with a scheme and a host. Set it to a URL such as http://127.0.0.1:4566, or unset it.`,
      );
    // The scheme of a proxy is optional.
    if (isProxy(name) && !isProxyUrl(value.includes('://') ? value : `http://${value}`))
      throw new Problem(
        'configuration',
        `${name} is not the URL of a proxy. Set it to a URL such as http://proxy:3128, or unset it.`,
      );
  }
};

const isProxyUrl = (text: string): boolean => isUrl(text) && /^(https?|socks[45]?[ah]?):$/.test(new URL(text).protocol);

const isUrl = (text: string): boolean => URL.canParse(text) && new URL(text).hostname !== '';

/** Whether a URL has no user, password, path or query. Errors print the endpoint, so it must hold no secret. */
const isOrigin = (text: string): boolean => {
  const { username, password, pathname, search, hash } = new URL(text);
  return [username, password, search, hash].every((part) => part === '') && pathname === '/';
};

const isHttp = (text: string): boolean =>
  isUrl(text) && ['http:', 'https:'].includes(new URL(text).protocol) && !/\s/.test(text);
