import * as t from 'io-ts';

/** Of requests that show personal data in clear. Without it, the server masks them. */
export const personal = t.partial({ personal: t.literal('shown') });
