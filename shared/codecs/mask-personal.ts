import { replaceAddresses } from './address-in-text';

/** Stands for the hidden part of a value. Its length says nothing about that of the value. */
const hidden = '•••';

/** The first character, if it is a letter or a digit. Others could change how the text after them is shown. */
const initial = (text: string): string => /^[\p{L}\p{N}]/u.exec(text)?.[0] ?? '';

/** Masks an e-mail address so that a person who knows it can recognise it: `a•••@l•••.example`. */
export const maskAddress = (address: string): string => {
  const at = address.lastIndexOf('@');
  if (at === -1) return `${initial(address)}${hidden}`;
  const [, end = ''] = /(\.[a-z0-9-]{2,16})$/i.exec(address) ?? [];
  return `${initial(address)}${hidden}@${initial(address.slice(at + 1))}${hidden}${end}`;
};

/** Masks the name of a person: the initials of at most three words, `A••• L•••`. */
export const maskName = (name: string): string =>
  name.includes('@')
    ? maskAddress(name.trim())
    : name
        .trim()
        .split(/\s+/, 3)
        .map((word) => `${initial(word)}${hidden}`)
        .join(' ');

/** Masks the addresses in a text whose other words are not personal, such as the name of an owner. */
export const maskAddressesIn = (text: string): string => replaceAddresses(text, `${hidden}@${hidden}`);

/**
 * The status of a lead, if it is a label: at most three words of letters, 32 characters. A longer text, or one with
 * digits, may be a note about a person, and is masked as a whole.
 */
export const maskStatus = (text: string): string =>
  text.length <= 32 && /^[\p{L}_-]+( [\p{L}_-]+){0,2}$/u.test(text) ? text : maskText(text);

/** Masks a text of unknown content as a whole. */
export const maskText = (text: string): string => (text === '' ? '' : hidden);
