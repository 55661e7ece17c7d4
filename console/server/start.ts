import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { consoleApp } from './app';
import { logBug } from './log-bug';
import type { ConsolePorts } from './ports';

export type RunningConsole = Readonly<{
  /** Makes an address that opens the page once. */
  address: () => string;
  end: () => Promise<void>;
}>;

/**
 * Serves the console on 127.0.0.1.
 *
 * @param folder of the built page
 * @param port 0 for a free one
 * @throws the error of the system if the port is taken
 */
export const startConsole = async (ports: ConsolePorts, folder: string, port: number): Promise<RunningConsole> => {
  const server = createServer(limits);
  await listen(server, port);
  const bound = (server.address() as AddressInfo).port;
  const { app, makeToken, end } = consoleApp(ports, folder, bound);
  ports.pipeline.start();
  const answer = getRequestListener(app.fetch);
  // An error without a listener ends the process with all its tasks. One of these is that too many files are open.
  server.on('error', (error) => logBug('connection not accepted', error));
  server.on('request', (request, response) => {
    answer(request, response).catch((error: unknown) => {
      logBug('request not answered', error);
      response.destroy();
    });
  });
  return {
    address: () => `http://127.0.0.1:${bound}/open/${makeToken()}`,
    end: async () => {
      await end();
      await ports.pipeline.stop();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
};

/** A client that sends its request slower than that is cut off, in milliseconds. An answer may take any time. */
const limits = { headersTimeout: 10_000, requestTimeout: 60_000, connectionsCheckingInterval: 5_000 } as const;

const listen = (server: Server, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
