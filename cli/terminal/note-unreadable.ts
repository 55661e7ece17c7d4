import type { Session } from '../session';

/**
 * Notes the records that a scan of the table could not decode.
 *
 * @param keys the keys of the records
 */
export const noteUnreadable = ({ note }: Pick<Session, 'note'>, keys: readonly string[]): void => {
  if (keys.length > 0) note(`${keys.length} records cannot be decoded and are left out: ${keys.join(', ')}`);
};
