/**
 * Why a search for an owner may find nothing. The index has an owner with an address under that address only, so that a
 * search for the name finds nothing although leads have it.
 *
 * @param owner what the user searched for
 * @returns `undefined` if that is an address
 */
export const ownerHint = (owner: string): string | undefined =>
  owner.includes('@') ? undefined : 'An owner who has an e-mail address is found only by the address, not by the name.';
