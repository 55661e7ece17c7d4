import type { Auth } from '../../sources/auth';
import type { SentRequest } from '../../sources/sent-request';
import { signRequest } from '../../sources/signing/sign-request';
import type { SourceUrls } from './source-urls';
import type { TestSample } from './test-sample';
import { refreshSeconds } from './times';

export type SendPorts = Readonly<{
  send: (request: SentRequest, url: string) => Promise<Response>;
  now: () => Date;
  /** Waits before the request is repeated. */
  wait: (ms: number) => Promise<void>;
  isInterrupted: () => boolean;
  /** Called once, before the request is repeated. */
  onWait: () => void;
}>;

/**
 * Signs a request with the first secret of a source, and sends it.
 *
 * @param auth `undefined` for a source that needs no secret: `ingest`, where IngestAuth is OPEN
 * @param isNew a 401 is retried for 35 seconds, because a container may have a copy of the sources without this secret
 * @throws the error of `send` if there is no answer
 */
export const sendSigned = async (
  { send, now, wait, isInterrupted, onWait }: SendPorts,
  { post, signed }: SourceUrls,
  auth: Auth | undefined,
  { contentType, body }: TestSample,
  isNew: boolean,
): Promise<Response> => {
  const request = { method: 'POST', url: signed, headers: { 'content-type': [contentType] }, body };
  const sendOnce = () => send(auth === undefined ? request : signRequest(auth, request, now()), post);
  const deadline = now().getTime() + (refreshSeconds + 5) * 1_000;
  let response = await sendOnce();
  if (isNew && response.status === 401) onWait();
  while (isNew && response.status === 401 && now().getTime() < deadline && !isInterrupted()) {
    await wait(2_000);
    response = await sendOnce();
  }
  return response;
};
