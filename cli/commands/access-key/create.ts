import type { Command } from 'commander';
import { createAccessKey, leastUsed, mostKeys } from '../../../shared/operations/access-keys';
import { commandWith, type Manual } from '../../manual/manual';
import { Problem } from '../../problems/problem';
import type { Session } from '../../session';

const manual: Manual = {
  details: [
    'Prints the new key once, as lines that a shell can run: they export AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY. ' +
      'They are the only output on standard output. IAM never shows the secret again. ' +
      'Write them to a file that only you can read, or into the secret store of the reader.',
  ],
  examples: [['A key for a new reader', 'leadline access-key create']],
  exitCodes: { 1: 'failed, or the user has two keys already' },
  seeAlso: ['access-key revoke', 'leads'],
};

/** `leadline access-key create` */
export const createCommand = (session: Session): Command =>
  commandWith('create', manual)
    .description('Creates an access key of the reader, and prints its secret once')
    .action(async () => {
      const { userName, apiUrl, keys } = await session.reader();
      const made = await createAccessKey(keys);
      if (made.kind === 'too-many') {
        const oldest = leastUsed(made.keys);
        throw new Problem(
          'refused',
          `The user ${userName} has ${made.keys.length} access keys, and IAM allows ${mostKeys}. Nothing was created. ` +
            `Revoke one first. The one used least recently: leadline access-key revoke ${oldest?.id ?? 'ID'}`,
        );
      }
      const { id, secret } = made;
      session.reveal(`export AWS_ACCESS_KEY_ID=${id}\nexport AWS_SECRET_ACCESS_KEY=${secret}`, {
        user_name: userName,
        access_key_id: id,
        secret_access_key: secret,
      });
      session.note(`The access key ${id} of user ${userName} was created. Its secret is not shown again.`);
      session.note('It works after a few seconds. The reader sets both variables, and AWS_REGION, and runs:');
      session.note(`leadline leads --email ADDRESS --api-url ${apiUrl}`);
      session.finish();
    });
