import type { Command } from 'commander';
import * as E from 'fp-ts/Either';
import * as TE from 'fp-ts/TaskEither';
import { rotateSource, validSource } from '../../../shared/operations/sources/change-source';
import { newSecret } from '../../../shared/operations/sources/new-secret';
import { secretFromOf } from '../../../shared/operations/sources/source-presets';
import { writeChange } from '../../../shared/operations/sources/write-change';
import { commandWith, type Manual } from '../../manual/manual';
import type { Session } from '../../session';
import { sourceIdText } from '../../terminal/options';
import { orProblem } from './change-problem';
import { givenSecret } from './given-secret';
import { handOver, type MadeSecrets } from './made-secrets';
import {
  isGenerated,
  refuseSeveral,
  refuseToHide,
  secretDetails,
  type SecretOptions,
  withSecretOptions,
} from './secret-options';
import { logCountsFrom, refreshSeconds, removalMinutes } from '../../../shared/operations/sources/times';

const manual: Manual = {
  details: secretDetails,
  examples: [
    ['Make a new secret, and print it once', 'leadline sources rotate billing'],
    ['Make one, and write it into a file', 'leadline sources rotate billing --secret-file new-secret.json'],
    ['Take one that the provider made', 'leadline sources rotate stripe --secret-fd 3 3<secret.txt'],
  ],
  seeAlso: ['sources retire', 'sources list'],
};

/** `leadline sources rotate` */
export const rotateCommand = (session: Session): Command =>
  withSecretOptions(
    commandWith('rotate', manual)
      .description('Adds a new secret to a source; the old one stays valid until you retire it')
      .argument('<id>', 'id of the source', sourceIdText),
  ).action(async (id: string, options: SecretOptions, command: Command) => {
    refuseSeveral(options, command);
    const { store } = await session.sources();
    const { entries } = await orProblem(id, store.read);
    const { auth } = await orProblem(id, TE.fromEither(validSource(entries, id)));
    const isMade = isGenerated(options, secretFromOf(auth.scheme) === 'operator', command);
    if (isMade) refuseToHide(options, command);
    // A change that would be refused asks for no secret. It is decided again from what is stored when it is written.
    if (auth.secrets.length > 1) await orProblem(id, TE.fromEither(E.left({ kind: 'two-secrets' as const })));
    const secret = isMade ? newSecret(auth) : await givenSecret(session, options, 'new secret');
    const made: MadeSecrets = isMade ? { secret } : {};
    await handOver(session, options, made, () => orProblem(id, writeChange(store, rotateSource(id, secret))));
    session.print({ id, keys: 2 }, [
      `rotated: source ${id} has a new secret, and its old one`,
      `1. Wait ${refreshSeconds} seconds. Then the functions accept the new secret.`,
      '2. Give the new secret to the senders.',
      `3. Once the log shows no request with the old secret, run leadline sources retire ${id}`,
      `Look only at log entries after ${logCountsFrom(new Date()).toISOString()}: for ${removalMinutes} minutes after`,
      'a rotation, the log may call the old secret "first".',
      `The old secret stays valid until then, and for at most ${removalMinutes} minutes after.`,
    ]);
    session.finish();
  });
