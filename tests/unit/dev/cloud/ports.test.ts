import { createServer, type Server } from 'node:net';
import { freePort, refuseTakenPort } from '../../../../dev/cloud/ports';

/** A server that accepts connections and never answers. */
const silent = (port: number): Promise<Server> =>
  new Promise((resolve) => {
    const server = createServer(() => undefined);
    server.listen(port, '127.0.0.1', () => resolve(server));
  });

describe('the port of npm start', () => {
  it('is refused within seconds if another program has it and never answers, with the remedy', async () => {
    const port = await freePort();
    const server = await silent(port);
    const began = Date.now();
    await expect(refuseTakenPort(port)).rejects.toThrow(
      new RegExp(`^Port ${port} is taken by another program.*npm start -- --port ${port + 1}$`),
    );
    expect(Date.now() - began).toBeLessThan(5_000);
    server.close();
  });

  it('is accepted if it is free', async () => {
    await expect(refuseTakenPort(await freePort())).resolves.toBeUndefined();
  });
});
