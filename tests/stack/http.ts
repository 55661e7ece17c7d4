import { AwsClient } from 'aws4fetch';
import { localApiUrl } from '../../dev/cloud/deploy';
import type { Credentials, Deployed } from './deployed';

export type Answer = Readonly<{
  status: number;
  body: Record<string, unknown>;
  contentType: string;
  headers: Headers;
}>;

/** The API of a stack over HTTP. */
export const httpOf = ({ endpoint, region, outputs }: Deployed) => {
  const apiUrl = localApiUrl(endpoint, outputs);
  return {
    apiUrl,
    post: async (path: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer> =>
      answerOf(
        await fetch(`${apiUrl}${path}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', ...headers },
          body: typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body),
        }),
      ),
    /** @param credentials of the signature. Without them the request has no signature. */
    get: async (path: string, credentials?: Credentials): Promise<Answer> => {
      if (credentials === undefined) return answerOf(await fetch(`${apiUrl}${path}`));
      const signer = new AwsClient({ ...credentials, service: 'execute-api', region, retries: 0 });
      return answerOf(await signer.fetch(`${apiUrl}${path}`));
    },
  };
};

const answerOf = async (response: Response): Promise<Answer> => ({
  status: response.status,
  contentType: response.headers.get('content-type') ?? '',
  headers: response.headers,
  body: (await response.json()) as Record<string, unknown>,
});
