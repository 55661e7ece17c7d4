import { rawKey, type RawKey } from './raw-key';

/**
 * The key that a URL-encoded key means. S3 writes keys like that in its event notifications, with `+` for a space (Amazon S3 User Guide, "Event
 * message structure"), and a person may have copied one from there.
 *
 * @returns `undefined` if the text is no URL-encoded key of a raw payload
 */
export const decodedKey = (text: string): RawKey | undefined => {
  try {
    const key = decodeURIComponent(text.replaceAll('+', ' '));
    return key !== text && rawKey.is(key) ? key : undefined;
  } catch {
    return undefined;
  }
};
