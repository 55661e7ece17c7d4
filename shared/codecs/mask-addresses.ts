import { replaceAddresses } from './address-in-text';

/** Hides e-mail addresses in a text, wherever they come from: an SDK's error message may quote what we sent. */
export const maskAddresses = (text: string): string => replaceAddresses(text, '***@***');
