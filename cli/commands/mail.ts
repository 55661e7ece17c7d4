import type { Command } from 'commander';
import { commandWith, type Manual } from '../manual/manual';
import { Problem } from '../problems/problem';
import type { Session } from '../session';
import { httpCall } from '../stack/http-call';
import { localEndpoint } from '../stack/local-endpoint';
import { type KeptMail, mailboxes } from '../stack/mailbox';

const manual: Manual = {
  examples: [['The mails of npm start', 'leadline mail']],
  exitCodes: { 1: 'failed, or the stack is on AWS, which has no mailbox' },
  seeAlso: ['send', 'lead'],
};

/** `leadline mail` */
export const mailCommand = (session: Session): Command =>
  commandWith('mail', manual)
    .description('Shows the mails that a local cloud has kept; AWS keeps none')
    .action(async () => {
      const endpoint = localEndpoint(process.env);
      if (endpoint === undefined)
        throw new Problem(
          'no-mailbox',
          'AWS has no mailbox, because SES delivers mails and keeps none. Read the mailbox of SesToAddress. ' +
            'For the mails of a local cloud, set AWS_ENDPOINT_URL.',
        );
      const mails = await mailsAt(endpoint);
      session.print(mails, [...mails.flatMap(mailLines), `${mails.length} mails`]);
      session.finish();
    });

const mailLines = ({ at, to, subject, text }: KeptMail): readonly string[] => [
  `Subject: ${subject}`,
  `To: ${to.join(', ')}${at === undefined ? '' : `  (${at})`}`,
  ...text.trimEnd().split(/\r?\n/),
  '',
];

/** @throws a Problem if the endpoint does not answer, or lists no mails */
const mailsAt = async (endpoint: string): Promise<readonly KeptMail[]> => {
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
