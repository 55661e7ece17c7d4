import { ingestSource } from '../../../shared/sources/payloads/lead-payload';
import type { Session } from '../../session';
import type { LeadBody } from '../../stack/lead-body';
import { secretVariable, typedSecret, variableSecret } from './given-secret';

/** Where the secret of a request is from. */
type SecretOrigin = 'file' | 'variable' | 'terminal' | 'nowhere';

/** The secret of a source whose settings are not known. The user types it if it is in no other place. */
export const secretFor = async (
  session: Session,
  { source: id, secret: inFile }: LeadBody,
): Promise<Readonly<{ secret: string; from: SecretOrigin }>> => {
  if (inFile !== '') return { secret: inFile, from: 'file' };
  const given = variableSecret();
  if (given !== '') return { secret: given, from: 'variable' };
  const typed = id === ingestSource ? '' : await typedSecret(session, id);
  return { secret: typed, from: typed === '' ? 'nowhere' : 'terminal' };
};

/**
 * What to do after a 401.
 *
 * @param why the settings of the source are not known: a clause
 */
export const adviceIfUnchecked = (id: string, from: SecretOrigin, why: string): string => {
  const how = `It was sent as scheme body-secret does, because ${why}.`;
  switch (from) {
    case 'file':
      return `Check the secret of source ${id} in secret_key of the file. ${how}`;
    case 'variable':
      return `Check the secret of source ${id} in ${secretVariable}. ${how}`;
    case 'terminal':
      return `Check the secret of source ${id} that you typed. ${how}`;
    case 'nowhere':
      return (
        `No secret was sent, because ${secretVariable} is not set. If the scheme of source ${id} is body-secret, set ` +
        'it to the secret of the source.'
      );
  }
};

/** How to send to a source that `body-secret` does not fit. */
export const needsSettings = (id: string): string =>
  `To send to a source with another scheme, let an operator who may read the sources secret run: leadline sources test ${id} ` +
  '--payload FILE';
