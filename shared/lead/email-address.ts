import * as t from 'io-ts';

export interface EmailAddressBrand {
  readonly EmailAddress: unique symbol;
}

/**
 * An address that SES would take and that stands in no quotes: one `@`, no spaces or control characters, at most 254 characters
 * (RFC 5321 §4.5.3.1.3), labels of at most 63 (§2.3.5 and RFC 1035 §2.3.4). Without the characters that a text puts around an address,
 * the mask of our logs finds all of it.
 */
export const emailAddress = t.brand(
  t.string,
  (s): s is t.Branded<string, EmailAddressBrand> =>
    s.length <= 254 &&
    /^[^\s@\p{C}<>"(),:;\\[\]]{1,64}@[^\s@.\p{C}<>"'(),:;\\[\]]{1,63}(\.[^\s@.\p{C}<>"'(),:;\\[\]]{1,63})+$/u.test(s),
  'EmailAddress',
);

export type EmailAddress = t.TypeOf<typeof emailAddress>;
