import { isBlank } from '../../codecs/visible-text';
import { emailAddress } from '../../lead/email-address';
import { addressFields, type Owner } from '../../lead/owner';
import type { CheckedOwner, OwnerFiles } from './owner-files';

/**
 * Checks a file of an owner before an operator stores it: as EnrichmentFunction reads it, and its addresses too.
 * EnrichmentFunction takes any text of an address field, so that an owner with a misspelled address would be found only
 * by that text.
 */
export const checkNewOwner = (check: OwnerFiles['check'], bytes: Uint8Array): CheckedOwner => {
  const checked = check(bytes);
  if (checked.kind === 'invalid') return checked;
  const problems = addressProblems(checked.owner);
  return problems.length === 0 ? checked : { kind: 'invalid', problems };
};

/** What is wrong with the addresses of a file that EnrichmentFunction accepts. Names places, never values. */
export const addressProblems = (owner: Owner): readonly string[] =>
  addressFields
    .filter((name) => !isAddressOrAbsent(owner[name]))
    .map((name) => `must have an e-mail address in ${name}, or no ${name}`);

/** CRMs write `null` or an empty text for a field without a value. White space around an address has no meaning. */
const isAddressOrAbsent = (value: unknown): boolean =>
  value == null || (typeof value === 'string' && (isBlank(value) || emailAddress.is(value.trim())));
