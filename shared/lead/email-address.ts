import * as t from 'io-ts';

interface EmailAddressBrand {
  readonly EmailAddress: unique symbol;
}

/**
 * An e-mail address that SES accepts, without the quoted form: one `@`, and no spaces or control characters. It has at
 * most 254 characters (RFC 5321 §4.5.3.1.3), and labels of at most 63 (RFC 5321 §2.3.5 and RFC 1035 §2.3.4). Characters
 * that surround an address in a text, such as `<` and `,`, are not allowed, so that the mask of the logs finds the
 * whole address.
 */
export const emailAddress = t.brand(
  t.string,
  (s): s is t.Branded<string, EmailAddressBrand> =>
    s.length <= 254 &&
    /^[^\s@\p{C}<>"(),:;\\[\]]{1,64}@[^\s@.\p{C}<>"'(),:;\\[\]]{1,63}(\.[^\s@.\p{C}<>"'(),:;\\[\]]{1,63})+$/u.test(s),
  'EmailAddress',
);

export type EmailAddress = t.TypeOf<typeof emailAddress>;
