import { rawKey, type RawKey } from './raw-key';

/**
 * Decodes a URL-encoded key. S3 encodes the keys in its event notifications, with `+` for a space (Amazon S3 User
 * Guide, "Event message structure"), and a person may copy a key from a notification.
 *
 * @returns `undefined` if the text is not the URL-encoded key of a raw object
 */
export const decodedKey = (text: string): RawKey | undefined => {
  try {
    const key = decodeURIComponent(text.replaceAll('+', ' '));
    return key !== text && rawKey.is(key) ? key : undefined;
  } catch {
    return undefined;
  }
};
