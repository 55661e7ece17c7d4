import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Loopback = Readonly<{
  server: Server;
  endpoint: string;
  /** Settings with which a client of the AWS SDK calls this server. */
  client: Readonly<{
    endpoint: string;
    region: string;
    credentials: Readonly<{ accessKeyId: string; secretAccessKey: string }>;
  }>;
  close: () => void;
}>;

/**
 * An HTTP server on a free port of the loopback interface. It answers in place of an AWS service, so that tests
 * exercise the real SDK and see what it sends.
 */
export const loopback = async (listener: RequestListener): Promise<Loopback> => {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    server,
    endpoint,
    client: { endpoint, region: 'us-east-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' } },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
};
