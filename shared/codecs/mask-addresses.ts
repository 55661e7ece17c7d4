import { replaceAddresses } from './address-in-text';

/** Masks every e-mail address in a text, for logs and displays: even an SDK's error message may quote an address. */
export const maskAddresses = (text: string): string => replaceAddresses(text, '***@***');
