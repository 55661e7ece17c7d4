import { ProxyAgent } from 'proxy-agent';
import { getProxyForUrl } from 'proxy-from-env';
import { EnvHttpProxyAgent, fetch as fetchByUndici } from 'undici';

/** The variables from which most programs read a proxy, in upper and lower case. */
const variables = ['HTTPS_PROXY', 'HTTP_PROXY', 'ALL_PROXY'];

/** Whether an environment names a proxy. */
export const namesProxy = (env: NodeJS.ProcessEnv): boolean =>
  variables.some((name) => [env[name], env[name.toLowerCase()]].some((value) => value !== undefined && value !== ''));

const loopback = ['localhost', '127.0.0.1', '::1', '[::1]'];

/** Whether a URL names this machine. */
export const isThisMachine = (url: string): boolean =>
  loopback.includes(new URL(url).hostname) || new URL(url).hostname.endsWith('.localhost');

/**
 * The proxy for a URL by HTTPS_PROXY, HTTP_PROXY and NO_PROXY, or empty text for none. A local cloud runs on this
 * machine, which no proxy can reach.
 */
export const proxyFor = (url: string): string => (isThisMachine(url) ? '' : getProxyForUrl(url));

/** Makes the requests of an SDK client go through the proxy of the environment. */
export const throughProxy = <S extends Readonly<{ requestHandler: object }>>(settings: S): S => {
  if (!namesProxy(process.env)) return settings;
  const agent = new ProxyAgent({ keepAlive: true, getProxyForUrl: proxyFor });
  return { ...settings, requestHandler: { ...settings.requestHandler, httpAgent: agent, httpsAgent: agent } };
};

/** `fetch` through the proxy of the environment. The `fetch` of Node.js 20 reads no proxy variables. */
export const fetchThroughProxy: typeof fetch = (input, init) => {
  if (!namesProxy(process.env)) return fetch(input, init);
  const noProxy = [process.env.NO_PROXY ?? process.env.no_proxy ?? '', ...loopback].filter((name) => name !== '');
  const dispatcher = new EnvHttpProxyAgent({ noProxy: noProxy.join(',') });
  const byUndici = fetchByUndici as unknown as (input: unknown, init: unknown) => Promise<Response>;
  return byUndici(input, { ...init, dispatcher });
};
