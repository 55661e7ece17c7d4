// The user's proxies. It is CommonJS, because bootstrap.mjs and jest load it. It must not load any npm package.
const { connect } = require('node:net');

const variables = ['https_proxy', 'all_proxy', 'npm_config_https_proxy', 'npm_config_proxy', 'pip_proxy'];

const deadProxy = async (environment) => {
  for (const [name, value] of Object.entries(environment)) {
    if (!variables.includes(name.toLowerCase().replaceAll('-', '_')) || !value) continue;
    const address = addressOf(value);
    if (address === undefined) return `${name}, which is no address,`;
    // The value may contain a password, so that only host and port are shown.
    if (!(await answers(address))) return `${name} (${address.host}:${address.port}), where nothing answers,`;
  }
  return undefined;
};

const defaultPorts = { 'http:': 80, 'https:': 443, 'socks5:': 1080, 'socks5h:': 1080, 'socks4:': 1080 };

const addressOf = (value) => {
  const text = value.includes('://') ? value : `http://${value}`;
  if (!URL.canParse(text)) return undefined;
  const { hostname, port, protocol } = new URL(text);
  if (hostname === '') return undefined;
  return { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port) || (defaultPorts[protocol] ?? 80) };
};

const answers = ({ host, port }) =>
  new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 3_000 });
    const end = (answer) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => end(true));
    socket.once('timeout', () => end(false));
    socket.once('error', () => end(false));
  });

const loopbackHosts = ['127.0.0.1', 'localhost', '::1'];

const withoutProxyForLoopback = (environment) => {
  const listed = [environment.no_proxy, environment.NO_PROXY]
    .flatMap((list) => (list ?? '').split(','))
    .map((host) => host.trim())
    .filter((host) => host !== '');
  const value = [...new Set([...listed, ...loopbackHosts])].join(',');
  return { no_proxy: value, NO_PROXY: value };
};

module.exports = { deadProxy, withoutProxyForLoopback };
