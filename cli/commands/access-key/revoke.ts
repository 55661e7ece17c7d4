import type { Command } from 'commander';
import { revokeAccessKey } from '../../../shared/operations/access-keys';
import { commandWith, type Manual } from '../../manual/manual';
import type { Session } from '../../session';
import { confirm } from '../../terminal/confirm';
import { accessKeyId } from '../../terminal/options';

type RevokeOptions = Readonly<{ keep?: boolean; yes?: boolean }>;

const manual: Manual = {
  details: [
    'Programs that use the key can read no leads any more. The command asks first, unless --yes is given. A deleted key ' +
      'cannot be brought back. With --keep the key is only deactivated: aws iam update-access-key can activate it again.',
  ],
  examples: [
    ['Delete a key', 'leadline access-key revoke AKIAIOSFODNN7EXAMPLE'],
    ['Only deactivate it, to see which program misses it', 'leadline access-key revoke AKIAIOSFODNN7EXAMPLE --keep'],
  ],
  seeAlso: ['access-key list'],
};

/** `leadline access-key revoke` */
export const revokeCommand = (session: Session): Command =>
  commandWith('revoke', manual)
    .description('Deactivates and deletes an access key of the reader')
    .argument('<id>', 'id of the access key', accessKeyId)
    .option('--keep', 'only deactivate it')
    .option('--yes', 'do not ask for confirmation')
    .action(async (id: string, { keep = false, yes = false }: RevokeOptions) => {
      const { userName, keys } = await session.reader();
      const isKnown = (await keys.list()).some((key) => key.id === id);
      if (isKnown && !yes) {
        session.note(`${keep ? 'Deactivate' : 'Delete'} the access key ${id} of user ${userName}`);
        await confirm(session, 'Revoke', 1, 'revoked');
      }
      const isRevoked = isKnown && (await revokeAccessKey(keys, id, keep));
      if (!isRevoked) session.note(`The user ${userName} has no access key ${id}. See: leadline access-key list`);
      const result = keep ? 'deactivated' : 'deleted';
      session.print({ id, result: isRevoked ? result : null }, isRevoked ? [`${result}: access key ${id}`] : []);
      session.finish({ nothingMatched: !isRevoked });
    });
