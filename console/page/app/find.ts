import { addressInText } from '../../../shared/codecs/address-in-text';
import type { Target } from './navigate';

/**
 * Where a text that is sought leads to: an e-mail address to the leads that have it, any other text to the lead of that
 * id. An id may have an `@`, but never an address in it.
 */
export const targetOf = (sought: string): Target<'/leads'> | Target<'/leads/lead'> =>
  addressInText.test(sought)
    ? { to: '/leads', search: { email: sought } }
    : { to: '/leads/lead', search: { id: sought } };
