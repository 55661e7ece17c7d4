import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { createServer } from 'node:net';

/** A port on which no process listens now. */
export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        typeof address === 'object' && address !== null ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });

/**
 * Checks that a port is free. `npm start` calls it before it installs and builds, and again when the cloud starts.
 *
 * @throws an Error that names the process that has the port, and says what to do
 */
export const refuseTakenPort = async (port: number): Promise<void> => {
  const code = await new Promise<string | undefined>((resolve) => {
    const server = createServer();
    server.once('error', ({ code }: NodeJS.ErrnoException) => resolve(code ?? 'unknown'));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(undefined)));
  });
  if (code === undefined) return;
  if (code !== 'EADDRINUSE')
    throw new Error(`Port ${port} cannot be used here (${code}): choose another one, such as npm start -- --port 4566`);
  // The other program may accept the connection and never answer.
  const isMiniStack = await fetch(`http://127.0.0.1:${port}/_ministack/health`, {
    signal: AbortSignal.timeout(1_000),
  }).then(
    ({ ok }) => ok,
    () => false,
  );
  const pid = listenerOf(port);
  const program = isMiniStack ? 'a MiniStack that this start did not make' : 'another program';
  const [process, kill] = pid === undefined ? ['', ''] : [`, process ${pid}`, ` (kill ${pid})`];
  const otherPort = port === 65535 ? port - 1 : port + 1;
  throw new Error(
    `Port ${port} is taken by ${program}${process}. It was left alone. ` +
      `End it yourself${kill}, or choose another port: npm start -- --port ${otherPort}`,
  );
};

/** Id of the process that listens on a port. Linux shows it in /proc, for processes of the same user. */
const listenerOf = (port: number): number | undefined => {
  try {
    const hexPort = port.toString(16).toUpperCase().padStart(4, '0');
    const inode = ['/proc/net/tcp', '/proc/net/tcp6']
      .flatMap((file) => readFileSync(file, 'utf8').split('\n'))
      .map((line) => line.trim().split(/\s+/))
      .find((fields) => fields[1]?.endsWith(`:${hexPort}`) === true && fields[3] === '0A')?.[9];
    if (inode === undefined) return undefined;
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map(Number)
      .find((pid) => {
        try {
          return readdirSync(`/proc/${pid}/fd`).some((fd) => {
            try {
              return readlinkSync(`/proc/${pid}/fd/${fd}`) === `socket:[${inode}]`;
            } catch {
              return false;
            }
          });
        } catch {
          return false;
        }
      });
  } catch {
    return undefined;
  }
};
