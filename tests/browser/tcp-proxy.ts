import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** A way to the cloud that a test can cut and restore. */
export type TcpProxy = Readonly<{
  endpoint: string;
  /** Ends all connections, and takes no new ones. */
  cut: () => Promise<void>;
  restore: () => Promise<void>;
  close: () => Promise<void>;
}>;

/** Starts a proxy on a free port of 127.0.0.1, which passes bytes on to the endpoint. */
export const tcpProxy = async (target: string): Promise<TcpProxy> => {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  const keep = (socket: Socket): Socket => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    return socket;
  };
  const passOn = (incoming: Socket): void => {
    const outgoing = keep(connect(Number(port), hostname));
    keep(incoming).on('close', () => outgoing.destroy());
    outgoing.on('close', () => incoming.destroy());
    incoming.pipe(outgoing).pipe(incoming);
  };
  let server: Server = createServer(passOn);
  await listen(server, 0);
  const { port: own } = server.address() as AddressInfo;
  const cut = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      for (const socket of sockets) socket.destroy();
    });
  return {
    endpoint: `http://127.0.0.1:${own}`,
    cut,
    restore: () => {
      server = createServer(passOn);
      return listen(server, own);
    },
    close: cut,
  };
};

const listen = (server: Server, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
