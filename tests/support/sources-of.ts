import type { Source } from '../../shared/sources/source';
import { type Sources, sourcesFrom } from '../../shared/sources/sources';

/**
 * The sources of a secret with these entries.
 *
 * @throws an Error if an entry is invalid
 */
export const sourcesOf = (entries: Readonly<Record<string, unknown>>): Sources => {
  const { sources, problems } = sourcesFrom(entries);
  if (problems.length > 0) throw new Error(problems.join('\n'));
  return sources;
};

/** A source whose senders send one of these secrets in the body. It is not validated. */
export const bodySecret = (...secrets: readonly string[]): Source => ({
  auth: { scheme: 'body-secret', secrets },
  payload: {},
});
