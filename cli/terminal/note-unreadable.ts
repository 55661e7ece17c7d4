import type { Session } from '../session';

/** How many keys a note has at most. */
export const keysNoted = 20;

/**
 * Notes the records that a scan of the table could not decode.
 *
 * @param keys the keys of the records, or the first ones of them
 * @param count the number of the records
 */
export const noteUnreadable = (
  { note }: Pick<Session, 'note'>,
  keys: readonly string[],
  count: number = keys.length,
): void => {
  const more = count - Math.min(keys.length, keysNoted);
  if (count > 0)
    note(
      `${count} records cannot be decoded and are left out: ${keys.slice(0, keysNoted).join(', ')}` +
        (more > 0 ? ` and ${more} more` : ''),
    );
};
