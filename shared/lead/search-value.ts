import { emailAddress } from './email-address';
import { searchKey } from './owner';

/** The value that an index of leads has for a text that a person searches for: empty if the text has nothing visible. */
export const searchValue = (by: 'email' | 'owner' | 'status', text: string): string => {
  // An address has no space: a space was a plus sign that a client did not encode. An owner may be an address or a name.
  const unspaced = text.trim().replaceAll(' ', '+');
  return searchKey(by === 'email' || (by === 'owner' && emailAddress.is(unspaced)) ? unspaced : text);
};
