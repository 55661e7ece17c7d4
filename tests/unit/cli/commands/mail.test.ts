import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { mailCommand } from '../../../../cli/commands/mail';
import { running } from './session-double';

const run = running({}, mailCommand);

const servers: Server[] = [];

/** A cloud that answers these paths with JSON, and all others with 404. */
const cloud = async (answers: Readonly<Record<string, unknown>>): Promise<string> => {
  const server = createServer((request, response) => {
    const answer = answers[request.url ?? ''];
    response.writeHead(answer === undefined ? 404 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(answer ?? { message: 'no such path' }));
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

const before = process.env.AWS_ENDPOINT_URL;
afterAll(async () => {
  if (before === undefined) delete process.env.AWS_ENDPOINT_URL;
  else process.env.AWS_ENDPOINT_URL = before;
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
});

describe('leadline mail', () => {
  it.each<[string, Readonly<Record<string, unknown>>]>([
    [
      'MiniStack',
      {
        '/_ministack/ses/messages': {
          messages: {
            '000000000000': [{ Subject: 'Lead Alice', To: ['sales'], BodyText: 'Lead: Alice\nOwner: Bob\n' }],
          },
        },
      },
    ],
    [
      'LocalStack',
      {
        '/_aws/ses': {
          messages: [
            {
              Subject: 'Lead Alice',
              Destination: { ToAddresses: ['sales'] },
              Body: { text_part: 'Lead: Alice\nOwner: Bob\n', html_part: '' },
            },
          ],
        },
      },
    ],
  ])('shows the mailbox of %s as text', async (_name, answers) => {
    process.env.AWS_ENDPOINT_URL = await cloud(answers);
    const { lines, printed } = await run();
    expect(lines).toStrictEqual(['Subject: Lead Alice', 'To: sales', 'Lead: Alice', 'Owner: Bob', '', '1 mail']);
    expect(printed).toMatchObject([[{ subject: 'Lead Alice', text: 'Lead: Alice\nOwner: Bob\n' }]]);
  });

  it('reports that AWS, and an endpoint that lists no mails, has no mailbox', async () => {
    for (const endpoint of [undefined, '', 'https://email.eu-north-1.amazonaws.com', await cloud({})]) {
      if (endpoint === undefined) delete process.env.AWS_ENDPOINT_URL;
      else process.env.AWS_ENDPOINT_URL = endpoint;
      expect((await run()).error).toMatchObject({ kind: 'no-mailbox' });
    }
  });

  it('names an endpoint that does not answer', async () => {
    process.env.AWS_ENDPOINT_URL = 'http://127.0.0.1:1';
    expect((await run()).error).toMatchObject({
      kind: 'no-answer',
      message: expect.stringContaining('http://127.0.0.1:1') as string,
    });
  });
});
