import { ProxyAgent } from 'proxy-agent';
import { getProxyForUrl } from 'proxy-from-env';
import { EnvHttpProxyAgent, fetch as fetchByUndici } from 'undici';

/** What most programs take a proxy from, in either case. */
const variables = ['HTTPS_PROXY', 'HTTP_PROXY', 'ALL_PROXY'];

/** Whether the environment names a proxy. It is asked at each use, so that a test can change it. */
export const namesProxy = (env: NodeJS.ProcessEnv): boolean =>
  variables.some((name) => [env[name], env[name.toLowerCase()]].some((value) => value !== undefined && value !== ''));

const loopback = ['localhost', '127.0.0.1', '::1', '[::1]'];

/** The proxy for a URL by HTTPS_PROXY, HTTP_PROXY and NO_PROXY; none is empty. A local cloud is on this machine, where no proxy leads to. */
export const proxyFor = (url: string): string =>
  loopback.includes(new URL(url).hostname) || new URL(url).hostname.endsWith('.localhost') ? '' : getProxyForUrl(url);

/** Settings of an SDK client whose requests go through the environment's proxy. Functions on AWS have none. */
export const throughProxy = <S extends Readonly<{ requestHandler: object }>>(settings: S): S => {
  if (!namesProxy(process.env)) return settings;
  const agent = new ProxyAgent({ keepAlive: true, getProxyForUrl: proxyFor });
  return { ...settings, requestHandler: { ...settings.requestHandler, httpAgent: agent, httpsAgent: agent } };
};

/** `fetch` through the environment's proxy: that of Node 20 knows none. */
export const fetchThroughProxy: typeof fetch = (input, init) => {
  if (!namesProxy(process.env)) return fetch(input, init);
  const noProxy = [process.env.NO_PROXY ?? process.env.no_proxy ?? '', ...loopback].filter((name) => name !== '');
  const dispatcher = new EnvHttpProxyAgent({ noProxy: noProxy.join(',') });
  const byUndici = fetchByUndici as unknown as (input: unknown, init: unknown) => Promise<Response>;
  return byUndici(input, { ...init, dispatcher });
};
