import { ownerHint } from '../../../shared/operations/views/owner-hint';
import { fieldOf, type LeadsSearch } from '../app/leads-search';

/** What to try after a search for leads that found none. */
export const nothingFoundText = (search: LeadsSearch): string => {
  if (search.during !== undefined) return '“Show all times” searches beyond this period.';
  const { field, value = '' } = fieldOf(search) ?? {};
  switch (field) {
    case 'owner':
      return ownerHint(value) ?? sameValue;
    case 'email':
    case 'id':
      return sameValue;
    default:
      return 'Another state, source or field may find it.';
  }
};

const sameValue = 'The whole value must be the same. Check it for a typing error, or search by another field.';
