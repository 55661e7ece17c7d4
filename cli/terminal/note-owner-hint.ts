import type { Session } from '../session';

/**
 * Explains why an owner may not be found. The index has an owner with an address under that address only, so that a
 * search for the name finds nothing although leads have it.
 *
 * @param owner what the user searched for, or `undefined` without a search for an owner
 */
export const noteOwnerHint = ({ note }: Pick<Session, 'note'>, owner: string | undefined): void => {
  if (owner !== undefined && !owner.includes('@'))
    note('An owner who has an e-mail address is found only by the address, not by the name. Try --owner ADDRESS.');
};
