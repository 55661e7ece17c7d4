import { AwsClient } from 'aws4fetch';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { type AddressInfo } from 'node:net';
import { leadsCommand } from '../../../../cli/commands/leads';
import { signedGet } from '../../../../cli/stack/signed-get';
import { running } from './session-double';

const identity = { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'example' };

describe('leadline leads', () => {
  const lead = { lead_id: 'test-1', state: 'NOTIFIED', status: 'won', updated_at: '2026-01-01T00:00:00.000Z' };
  const asking = (answer: object, status = 200) => {
    const asked: unknown[] = [];
    const run = running({}, leadsCommand, {
      get: (path, query) => {
        asked.push([path, query]);
        return Promise.resolve(Response.json(answer, { status }));
      },
    });
    return { run, asked };
  };

  it('asks for the leads of an address, and names the next page', async () => {
    const { run, asked } = asking({ leads: [lead], next: 'cursor' });
    const { lines, notes } = await run('--email', 'a+b@example.com', '--limit', '1');
    expect(asked).toStrictEqual([['/leads', { email: 'a+b@example.com', limit: '1' }]]);
    expect(lines.join('\n')).toMatch(/test-1 +NOTIFIED +won/);
    expect(notes.join('\n')).toContain('--next cursor');
  });

  it('reports that nothing matched if there are no leads', async () => {
    expect((await asking({ leads: [], next: null }).run('--status', 'won')).outcome).toStrictEqual({
      nothingMatched: true,
    });
  });

  it('reports a match if there are no leads on a page, and more pages', async () => {
    expect((await asking({ leads: [], next: 'cursor' }).run('--status', 'won')).outcome).toStrictEqual({
      nothingMatched: false,
    });
  });

  it.each([
    [['--owner', 'Bob Builder'], /only by the address/],
    [['--owner', 'bob@example.com'], /^$/],
    [['--status', 'won'], /^$/],
  ])('explains after %j without a lead that an owner may have to be found by the address', async (args, notes) => {
    const ran = await asking({ leads: [], next: null }).run(...args);
    expect(ran.notes.join('\n')).toMatch(notes);
  });

  it('names the missing permission', async () => {
    const { error } = await asking({ message: 'Forbidden' }, 403).run('--owner', 'Ann');
    expect(error).toMatchObject({
      kind: 'access-denied',
      message: expect.stringContaining('execute-api:Invoke') as string,
    });
  });

  it.each([[[]], [['--email', 'a@example.com', '--status', 'won']], [['--email', 'a@example.com', '--limit', '101']]])(
    'refuses %j',
    async (args) => {
      expect((await asking({}).run(...args)).error).toMatchObject({
        code: expect.stringContaining('commander') as string,
      });
    },
  );
});

describe('a signed query', () => {
  it.each(['a+b@example.com', 'a%2Bb', 'Ann Lee', "O'Brien (x)*!", 'Zoë & söhne=1', '~-_.'])(
    'has the signature that another signer makes for %p, and arrives as it is',
    async (value) => {
      const seen: { url: string; headers: IncomingHttpHeaders }[] = [];
      const server = createServer((request, response) => {
        seen.push({ url: request.url ?? '', headers: request.headers });
        response.end('{}');
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/Prod/leads`);
      const signing = { region: 'us-east-1', credentials: () => Promise.resolve(identity) };
      await signedGet(signing, url, { owner: value, limit: '5' });
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      const { url: path, headers } = seen[0]!;
      const arrived = new URL(path, url);
      expect(Object.fromEntries([...arrived.searchParams])).toStrictEqual({ owner: value, limit: '5' });
      const other = await new AwsClient({ ...identity, service: 'execute-api', region: 'us-east-1' }).sign(
        arrived.href,
        {
          headers: {
            'x-amz-date': String(headers['x-amz-date']),
            'x-amz-content-sha256': String(headers['x-amz-content-sha256']),
          },
          // Without it this signer reads the clock, which may be a second on.
          aws: { allHeaders: true, datetime: String(headers['x-amz-date']) },
        },
      );
      expect(headers.authorization).toBe(other.headers.get('authorization'));
    },
  );
});
