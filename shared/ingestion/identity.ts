import type { SecretFilter } from '../codecs/secret-filter';
import { sha256 } from '../codecs/sha-256';
import { canonicalJson } from '../codecs/json-text';
import { eventId } from '../lead/event-id';
import type { Reading } from '../sources/payloads/read-leads';
import type { Payload } from '../sources/sent-payload';

/**
 * What identifies a payload that is no lead: the same for each delivery of it, and different for the leads of one
 * delivery. Fields that change from one delivery to the next do not count. It is not an event id, because an event needs
 * a lead.
 *
 * @returns 64 hexadecimal digits: a SHA-256
 */
export const identityHash = (source: string, { identity }: Reading, { takenFrom }: SecretFilter): string => {
  const content = takenFrom(identity.content) as Payload;
  switch (identity.kind) {
    case 'content':
      return eventId(source, content);
    case 'key': {
      const { key, twin } = identity;
      return sha256(canonicalJson({ source, delivery: key, content, ...(twin === 0 ? {} : { twin }) }));
    }
  }
};
