import { InvalidArgumentError } from 'commander';
import * as E from 'fp-ts/Either';
import { instant } from '../../shared/codecs/instant';

/**
 * A moment, as the table writes moments: a day, which begins at midnight in UTC, or RFC 3339 with an offset. Text that JavaScript takes for
 * local time, or for a day in another month, is refused: it would choose other events than its writer means.
 */
export const moment = (text: string): string => {
  const read = instant.decode(/^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00:00Z` : text);
  if (E.isLeft(read))
    throw new InvalidArgumentError(
      'Give a day (2026-01-31, from 00:00 UTC), or a date and time with an offset (2026-01-31T12:00:00Z).',
    );
  return read.right;
};
