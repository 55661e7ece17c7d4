import { addressInText } from '../lead/address-in-text';

const everyAddress = new RegExp(addressInText, 'gu');

/** Hides e-mail addresses in a text, wherever they come from: an SDK's error message may quote what we sent. */
export const maskAddresses = (text: string): string => text.replace(everyAddress, '***@***');
