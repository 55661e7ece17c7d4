import * as t from 'io-ts';

/** What is not known, or does not apply, is `null` in the answers of the console. */
export const nullable = <C extends t.Mixed>(codec: C) => t.union([codec, t.null]);

/** Of requests that show personal data in clear. Without it, the server masks them. */
export const personal = t.partial({ personal: t.literal('shown') });
