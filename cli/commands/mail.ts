import type { Command } from 'commander';
import { commandWith, type Manual } from '../manual/manual';
import type { KeptMail } from '../../shared/operations/mailboxes';
import { counted } from '../../shared/operations/views/counted';
import { Problem } from '../problems/problem';
import type { Session } from '../session';
import { localEndpoint } from '../stack/local-endpoint';
import { readMailbox } from '../stack/read-mailbox';

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
      const mails = await readMailbox(endpoint);
      session.print(mails, [...mails.flatMap(mailLines), counted(mails.length, 'mail')]);
      session.finish();
    });

const mailLines = ({ at, to, subject, text }: KeptMail): readonly string[] => [
  `Subject: ${subject}`,
  `To: ${to.join(', ')}${at === undefined ? '' : `  (${at})`}`,
  ...text.trimEnd().split(/\r?\n/),
  '',
];
