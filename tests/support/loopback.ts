import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Loopback = Readonly<{ server: Server; endpoint: string; close: () => void }>;

/** A server on the loopback interface that speaks for a service of AWS to the real SDK: what goes over the wire is not ours to guess. */
export const loopback = async (listener: RequestListener): Promise<Loopback> => {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    server,
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
};
