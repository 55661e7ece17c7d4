import { fieldOf, type LeadsSearch } from '../app/leads-search';

/** What to try after a search for leads that found none. */
export const nothingFoundText = (search: LeadsSearch): string => {
  if (search.during !== undefined) return '“Show all times” searches beyond this period.';
  const { field, value = '' } = fieldOf(search) ?? {};
  switch (field) {
    case 'owner':
      return value.includes('@') ? sameValue : ownerName;
    case 'email':
    case 'id':
      return sameValue;
    default:
      return 'Another state, source or field may find it.';
  }
};

/** The index has an owner with an address under that address only. The page does not know whether the owner has one. */
const ownerName =
  'No lead that was enriched has this owner. If the owner has an e-mail address, search by the address: the name does not ' +
  'find it.';

const sameValue = 'The whole value must be the same. Check it for a typing error, or search by another field.';
