import { SESClient } from '@aws-sdk/client-ses';
import * as E from 'fp-ts/Either';
import type { ServerResponse } from 'node:http';
import { mailerSettings, sendMail } from '../../../../shared/aws/mailer';
import { errorAnswer } from '../../../faults/error-answers';
import { type Loopback, loopback } from '../../../support/loopback';

/** A server in place of SES, with one answer for each request of the real SDK with the deployed settings. */
const answers: ((response: ServerResponse) => void)[] = [];
let ses: Loopback;
let client: SESClient;
let connections = 0;

const answersWith =
  (kind: 'throttled' | 'internal' | 'unavailable') =>
  (response: ServerResponse): void => {
    const { status, headers, body } = errorAnswer('ses', kind);
    response.writeHead(status, headers).end(body);
  };

const accepts = (response: ServerResponse): void => {
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
  it('retries if SES throttles', async () => {
    answers.push(answersWith('throttled'), accepts);
    expect(await mail()).toStrictEqual(E.right(undefined));
    expect(answers).toHaveLength(0);
  });

  it.each([
    ['an internal error', answersWith('internal')],
    ['an unavailable service', answersWith('unavailable')],
    ['a broken connection', cutsTheLine],
  ])('does not retry after %s, because SES may have sent the mail', async (_what, answer) => {
    answers.push(answer, accepts);
    expect(await mail()).toMatchObject(E.left({ kind: 'unconfirmed' }));
    expect(answers.splice(0)).toHaveLength(1);
  });

  it.each([
    ['no connection', Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' })],
    ['no such host', Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' })],
    ['no credentials', Object.assign(new Error('none'), { name: 'CredentialsProviderError' })],
  ])('counts a mail as refused after %s, because SES did not get it', async (_what, error) => {
    // In jest the SDK cannot read the code of a real connection error, so that a double of the client throws it.
    const away = { send: () => Promise.reject(error) } as unknown as SESClient;
    const send = sendMail(away, 'from@example.com', 'to@example.com');
    expect(await send({ subject: 's', text: 't', html: 'h' }, 20_000)()).toMatchObject(E.left({ kind: 'refused' }));
  });

  it('waits for a late answer, because the mail may be sent', async () => {
    answers.push((response) => setTimeout(() => accepts(response), 4_500));
    expect(await mail()).toStrictEqual(E.right(undefined));
  }, 15_000);

  it('gives up after its time-out, however often it has retried', async () => {
    answers.push(answersWith('throttled'), () => undefined);
    expect(await mail(3_000)).toMatchObject(E.left({ kind: 'unconfirmed' }));
  }, 15_000);

  it('opens a connection for each mail, because an idle connection may be dead', async () => {
    const before = connections;
    answers.push(accepts, accepts);
    await mail();
    await mail();
    expect(connections - before).toBe(2);
  });
});
