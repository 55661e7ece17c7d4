import * as t from 'io-ts';

export interface EmailAddressBrand {
  readonly EmailAddress: unique symbol;
}

/** An address that SES would take: one `@`, no spaces or control characters, at most 254 characters (RFC 5321 §4.5.3.1.3). */
export const emailAddress = t.brand(
  t.string,
  (s): s is t.Branded<string, EmailAddressBrand> =>
    s.length <= 254 && /^[^\s@\p{C}]{1,64}@[^\s@\p{C}]+\.[^\s@\p{C}]+$/u.test(s),
  'EmailAddress',
);

export type EmailAddress = t.TypeOf<typeof emailAddress>;
