import type { SentRequest } from '../sent-request';
import type { Recipe } from './recipe';

/** What a signature covers, in parts. The bytes of the body are not copied. */
export const signedMessage = (
  { signed, uriOf }: Recipe,
  { method, url, body }: SentRequest,
  { timestamp, id }: Readonly<{ timestamp: string; id: string }>,
): readonly (string | Uint8Array)[] => {
  const values = { body, timestamp, id, method, uri: uriOf(url) };
  return signed.map((part) => ('text' in part ? part.text : values[part.place]));
};
