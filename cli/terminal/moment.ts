import { InvalidArgumentError } from 'commander';
import * as E from 'fp-ts/Either';
import { instant } from '../../shared/codecs/instant';

/**
 * Parses a time option: a day, from midnight UTC, or RFC 3339 with an offset. Text that JavaScript would take for local
 * time, or for a day of the next month, is refused, because it would choose other events than the operator means.
 *
 * @returns an instant in UTC, as the table writes it
 * @throws an InvalidArgumentError for any other text
 */
export const moment = (text: string): string => {
  const read = instant.decode(/^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00:00Z` : text);
  if (E.isLeft(read))
    throw new InvalidArgumentError(
      'Give a day (2026-01-31, from 00:00 UTC), or a date and time with an offset (2026-01-31T12:00:00Z).',
    );
  return read.right;
};
