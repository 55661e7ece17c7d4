import { type KeptMail, mailboxes } from '../../shared/operations/mailboxes';
import { Problem } from '../problems/problem';
import { httpCall } from './http-call';

/**
 * Reads all mails that a local cloud has kept.
 *
 * @param endpoint of the cloud, without a slash at its end
 * @throws a Problem if the endpoint does not answer, or lists no mails
 */
export const readMailbox = async (endpoint: string): Promise<readonly KeptMail[]> => {
  for (const { path, read } of mailboxes) {
    const response = await httpCall(new URL(`${endpoint}${path}`));
    const mails = response.ok ? read(await response.json().catch(() => undefined)) : undefined;
    if (mails !== undefined) return mails;
  }
  throw new Problem(
    'no-mailbox',
    `${endpoint} lists no mails, because it is neither MiniStack nor LocalStack. Set AWS_ENDPOINT_URL to one of these.`,
  );
};
