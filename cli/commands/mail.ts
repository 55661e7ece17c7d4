import { Command } from 'commander';
import { httpCall } from '../stack/http-call';
import { localEndpoint } from '../stack/local-endpoint';
import { type KeptMail, mailboxes } from '../stack/mailbox';
import { Problem } from '../problems/problem';
import type { Session } from '../session';

/** `leadline mail` */
export const mailCommand = (session: Session): Command =>
  new Command('mail').description('Shows the mails that a local cloud has taken; AWS keeps none').action(async () => {
    const endpoint = localEndpoint(process.env);
    if (endpoint === undefined)
      throw new Problem(
        'no-mailbox',
        'There is no mailbox on AWS: SES delivers mails and keeps none. Look into the mailbox of SesToAddress. For a local cloud set AWS_ENDPOINT_URL.',
      );
    const mails = await mailsAt(endpoint);
    session.print(mails, [
      ...mails.flatMap(({ at, to, subject, text }) => [
        `Subject: ${subject}`,
        `To: ${to.join(', ')}${at === undefined ? '' : `  (${at})`}`,
        ...text.trimEnd().split(/\r?\n/),
        '',
      ]),
      `${mails.length} mails`,
    ]);
    session.finish();
  });

/** @throws a Problem if nothing there lists mails */
const mailsAt = async (endpoint: string): Promise<readonly KeptMail[]> => {
  for (const { path, read } of mailboxes) {
    const response = await httpCall(new URL(`${endpoint}${path}`));
    const mails = response.ok ? read(await response.json().catch(() => undefined)) : undefined;
    if (mails !== undefined) return mails;
  }
  throw new Problem('no-mailbox', `${endpoint} lists no mails: it is neither MiniStack nor LocalStack.`);
};
