import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import * as E from 'fp-ts/Either';
import { Hono } from 'hono';
import type { Endpoint } from '../../../../console/api/endpoint';
import type { Problem } from '../../../../console/api/problem';
import type { SourcePorts } from '../../../../console/server/ports';
import { type Respond, respondIn } from '../../../../console/server/respond';
import { sourcesStore } from '../../../../shared/aws/sources-store';
import { StoreError } from '../../../../shared/operations/store-error';
import { fakeAws } from '../../../support/fake-aws';
import { fakeSecret } from '../../../support/fake-secret';

const open: { close: () => void }[] = [];

/** Ends the servers that take the place of AWS. */
export const closeAll = (): void => open.splice(0).forEach(({ close }) => close());

/** What the console answers: the decoded answer, or a problem with its status. `text` is what the browser gets. */
export type Answered<Answer> = Readonly<{ status: number; answer: Answer; problem: Problem; text: string }>;

/** Routes of the console, without its guard. The test asks them as the page does, with the codecs of the page. */
export const consoleOf = (add: (respond: Respond) => void) => {
  const app = new Hono();
  add(respondIn(app, problemOf));
  return async <Input, Answer>(
    { method, path, input: codec, answer }: Endpoint<Input, Answer>,
    input: Input,
  ): Promise<Answered<Answer>> => {
    const sent = codec.encode(input);
    const query = new URLSearchParams(sent as Record<string, string>);
    const response = await (method === 'GET'
      ? app.request(`${path}?${query.toString()}`)
      : app.request(path, {
          method,
          body: JSON.stringify(sent),
          headers: { 'content-type': 'application/json' },
        }));
    const text = await response.text();
    const json: unknown = JSON.parse(text);
    const decoded = answer.decode(json);
    if (response.ok && E.isLeft(decoded)) throw new Error(`The page does not understand ${text}`);
    return {
      status: response.status,
      answer: (E.isRight(decoded) ? decoded.right : undefined) as Answer,
      problem: json as Problem,
      text,
    };
  };
};

const problemOf = (error: unknown): Problem => ({
  kind: error instanceof StoreError ? 'no-answer' : 'failed',
  message: error instanceof Error ? error.message : '',
});

/** Ports of sources whose secret is that of a fake AWS. @param age how long ago it was stored, in seconds */
export const sourcePorts = async (
  stored: Readonly<Record<string, unknown>>,
  more: Partial<SourcePorts> = {},
  age = 0,
) => {
  const secret = fakeSecret(JSON.stringify(stored), age);
  const aws = await fakeAws((call) => secret.reply(call));
  open.push(aws);
  const url = (id: string) => `https://api.example.com/Prod/webhook/${id}`;
  const sources: SourcePorts = {
    store: sourcesStore(new SecretsManagerClient({ ...aws.client, maxAttempts: 1 }), 'sources'),
    urls: (id) => ({ sender: url(id), signed: url(id), post: url(id) }),
    isIngestOpen: false,
    send: () => Promise.reject(new Error('The double sends nothing.')),
    ...more,
  };
  const now = () => JSON.parse(secret.at('AWSCURRENT') ?? '{}') as Record<string, unknown>;
  return { sources, secret, now };
};
