import { SESClient } from '@aws-sdk/client-ses';
import * as E from 'fp-ts/Either';
import type { ServerResponse } from 'node:http';
import { mailerSettings, sendMail } from '../../../../shared/aws/mailer';
import { errorAnswer } from '../../../faults/error-answers';
import { type Loopback, loopback } from '../../../support/loopback';

/** Speaks for SES on the loopback interface, one answer for each request, to the real SDK with the deployed settings. */
const answers: ((response: ServerResponse) => void)[] = [];
let ses: Loopback;
let client: SESClient;
let connections = 0;

const says =
  (kind: 'throttled' | 'internal' | 'unavailable') =>
  (response: ServerResponse): void => {
    const { status, headers, body } = errorAnswer('ses', kind);
    response.writeHead(status, headers).end(body);
  };

const takesIt = (response: ServerResponse): void => {
  response
    .writeHead(200, { 'content-type': 'text/xml' })
    .end('<SendEmailResponse><SendEmailResult><MessageId>1</MessageId></SendEmailResult></SendEmailResponse>');
};

const cutsTheLine = (response: ServerResponse): void => {
  response.destroy();
};

beforeAll(async () => {
  ses = await loopback((request, response) => {
    request.resume();
    answers.shift()?.(response);
  });
  ses.server.on('connection', () => (connections += 1));
  client = new SESClient({ ...mailerSettings, ...ses.client });
});

afterAll(() => {
  client.destroy();
  ses.close();
});

const mail = (timeoutMs = 20_000) =>
  sendMail(client, 'from@example.com', 'to@example.com')({ subject: 's', text: 't', html: 'h' }, timeoutMs)();

describe('the mailer', () => {
  it('asks again when SES was asked for too much at once', async () => {
    answers.push(says('throttled'), takesIt);
    expect(await mail()).toStrictEqual(E.right(undefined));
    expect(answers).toHaveLength(0);
  });

  it.each([
    ['an internal error', says('internal')],
    ['a service that is away', says('unavailable')],
    ['a broken connection', cutsTheLine],
  ])('does not ask again after %s: SES may have taken the mail', async (_what, answer) => {
    answers.push(answer, takesIt);
    expect(await mail()).toMatchObject(E.left({ kind: 'unconfirmed' }));
    expect(answers.splice(0)).toHaveLength(1);
  });

  it.each([
    ['no connection', Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' })],
    ['no such host', Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' })],
    ['no credentials', Object.assign(new Error('none'), { name: 'CredentialsProviderError' })],
  ])('takes a mail for refused after %s: SES never heard of it', async (_what, error) => {
    // Jest's realm hides the code of an error of its own Node, so the error comes from a double of the client.
    const away = { send: () => Promise.reject(error) } as unknown as SESClient;
    const send = sendMail(away, 'from@example.com', 'to@example.com');
    expect(await send({ subject: 's', text: 't', html: 'h' }, 20_000)()).toMatchObject(E.left({ kind: 'refused' }));
  });

  it('waits for an answer that comes late: the mail is out', async () => {
    answers.push((response) => setTimeout(() => takesIt(response), 4_500));
    expect(await mail()).toStrictEqual(E.right(undefined));
  }, 15_000);

  it('gives up when its time is over, however often it has asked', async () => {
    answers.push(says('throttled'), () => undefined);
    expect(await mail(3_000)).toMatchObject(E.left({ kind: 'unconfirmed' }));
  }, 15_000);

  it('makes a connection for each mail: one that was kept may be dead, and the mail on it unconfirmed', async () => {
    const before = connections;
    answers.push(takesIt, takesIt);
    await mail();
    await mail();
    expect(connections - before).toBe(2);
  });
});
