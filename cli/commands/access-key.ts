import type { Command } from 'commander';
import { commandWith, type Manual } from '../manual/manual';
import type { Session } from '../session';
import { createCommand } from './access-key/create';
import { listCommand } from './access-key/list';
import { revokeCommand } from './access-key/revoke';

const manual: Manual = {
  details: [
    'A stack that was deployed with ReaderUserName has an IAM user that may call GET /leads, and nothing else. These ' +
      'commands are for an administrator: they need iam:ListAccessKeys, iam:GetAccessKeyLastUsed, iam:CreateAccessKey, ' +
      'iam:UpdateAccessKey and iam:DeleteAccessKey on the user.',
    'To replace a key: create another one, give it to the reader, wait until list shows that it is used, and revoke the ' +
      'old one. IAM allows two keys for each user.',
  ],
  examples: [],
  seeAlso: ['leads', 'docs/production.md'],
};

/** `leadline access-key …`: one file of `access-key/` for each sub-command. */
export const accessKeyCommand = (session: Session): Command =>
  commandWith('access-key', manual)
    .description('Works with the access keys of the user that may read leads')
    .addCommand(createCommand(session))
    .addCommand(listCommand(session))
    .addCommand(revokeCommand(session));
