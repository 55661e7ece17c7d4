import { addressInText } from '../codecs/address-in-text';
import { expectationOf } from '../codecs/validation-problem';
import { trimInvisible } from '../codecs/visible-text';
import { type EmailAddress, emailAddress } from './email-address';
import { absent, type FieldReading, read, single, unreadable } from './field-reading';

/** An address, and the name that was sent with it. */
export type Mailbox = Readonly<{ email: EmailAddress; name?: string }>;

/** The longest text that is read as a mailbox: the search for a second address takes quadratic time. */
const maxLength = 1_000;

/**
 * Reads an e-mail address: a plain one, or a mailbox with a display name (RFC 5322 §3.4), as in `"Lead, Kim"
 * <kim@example.com>`. Invisible characters around it, `mailto:` (RFC 6068), and a comma, semicolon or full stop after it
 * are removed. Several addresses have no single meaning.
 */
export const readEmail = (sent: unknown): FieldReading<Mailbox> => {
  const value = single(sent);
  if (value === undefined) return absent;
  if (emailAddress.is(value)) return read({ email: value });
  const mailbox = typeof value === 'string' && value.length <= maxLength ? mailboxIn(value) : undefined;
  return mailbox === undefined ? unreadable(expectationOf(emailAddress.name)) : read(mailbox);
};

const mailboxIn = (sent: string): Mailbox | undefined => {
  const text = withoutEnd(trimInvisible(sent));
  const plain = withoutScheme(text);
  if (emailAddress.is(plain)) return { email: plain };
  const open = text.lastIndexOf('<');
  if (open === -1 || !text.endsWith('>')) return undefined;
  const email = withoutScheme(trimInvisible(text.slice(open + 1, -1)));
  if (!emailAddress.is(email)) return undefined;
  const name = displayName(trimInvisible(text.slice(0, open)));
  if (name === '' || name.toLowerCase() === email.toLowerCase() || isEncoded(name)) return { email };
  // A second address, or a second mailbox.
  return addressInText.test(name) || /[<>]/.test(name) ? undefined : { email, name };
};

/** A link with fields of a mail, such as `?subject=`, is left as it is, so that it is no address. */
const withoutScheme = (text: string): string => (/^mailto:[^?]*$/i.test(text) ? text.slice('mailto:'.length) : text);

/** Lists and sentences leave a separator after an address. No domain ends with one. */
const withoutEnd = (text: string): string => {
  let end = text.length;
  while (end > 0 && /[\s.,;]/.test(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
};

/** Words of RFC 2047 are the encoding of a mail's header. A name that is still encoded is not for reading. */
const isEncoded = (name: string): boolean => name.includes('=?');

/** The words of a display name, without the quotation marks and escapes of RFC 5322 §3.2.4. */
const displayName = (phrase: string): string => {
  const words = /^'[^']{1,1000}'$/.test(phrase) ? phrase.slice(1, -1) : phrase;
  let name = '';
  let isQuoted = false;
  for (let index = 0; index < words.length; index += 1) {
    const character = words.charAt(index);
    if (character === '"') isQuoted = !isQuoted;
    else if (character === '\\' && isQuoted) name += words.charAt((index += 1));
    else name += character;
  }
  return trimInvisible(name);
};
