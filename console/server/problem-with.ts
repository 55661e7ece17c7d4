import type { TypeOf } from 'io-ts';
import type { storedProblem } from '../../shared/codecs/stored-problem';

type Problem = TypeOf<typeof storedProblem>;

/** A problem of a field with its texts changed. A sender chooses the names of fields, and may put an address there. */
export const problemWith = (change: (text: string) => string, { path, message }: Problem): Problem => ({
  path: change(path),
  message: change(message),
});
