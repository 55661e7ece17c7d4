import { ownerHint } from '../../shared/operations/views/owner-hint';
import type { Session } from '../session';

/**
 * Explains why an owner may not be found.
 *
 * @param owner what the user searched for, or `undefined` without a search for an owner
 */
export const noteOwnerHint = ({ note }: Pick<Session, 'note'>, owner: string | undefined): void => {
  const hint = owner === undefined ? undefined : ownerHint(owner);
  if (hint !== undefined) note(`${hint} Try --owner ADDRESS.`);
};
