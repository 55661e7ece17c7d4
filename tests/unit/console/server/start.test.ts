import http from 'node:http';
import { startConsole } from '../../../../console/server/start';
import { portsDouble } from './ports-double';

describe('the server of the console', () => {
  let end = (): Promise<void> => Promise.resolve();
  const started = async () => {
    const made = jest.spyOn(http, 'createServer');
    const running = await startConsole(portsDouble(), __dirname, 0);
    end = () => running.end();
    const server = made.mock.results[0]?.value as http.Server;
    made.mockRestore();
    const written: string[] = [];
    jest.spyOn(process.stderr, 'write').mockImplementation((text) => written.push(String(text)) > 0);
    jest.spyOn(console, 'error').mockReturnValue(undefined);
    return { ...running, server, written };
  };
  afterEach(async () => {
    jest.restoreAllMocks();
    await end();
  });

  it('goes on after a connection that the system could not accept', async () => {
    const { server, address, written } = await started();
    server.emit('error', new RangeError('too many open files'));
    expect((await fetch(new URL('/api/about', address()))).status).toBe(401);
    expect(written.join('')).toMatch(/^connection not accepted: RangeError at /);
  });

  it('goes on after a request that cannot be answered, and ends its connection', async () => {
    const { server, written } = await started();
    await new Promise<void>((resolve) => server.emit('request', {}, { destroy: resolve }));
    expect(written.join('')).toMatch(/^request not answered: TypeError at /);
  });
});
