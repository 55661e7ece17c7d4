import * as E from 'fp-ts/Either';
import { type Scheme, schemeNames } from '../../sources/auth';
import { jsonObject } from '../../codecs/json-object';
import type { SourceEntries } from './sources-store';

/** A source without its secrets, as a configuration file has it: `{auth, payload, lead_namespace, silence_hours}`. */
export type EntryDraft = Readonly<{ auth: Readonly<{ scheme: Scheme }> & SourceEntries }> & SourceEntries;

/** What is wrong with a configuration, by the path of the field. */
type DraftProblem = Readonly<{ path: string; message: string }>;

/**
 * Reads a configuration file. Only what is needed to add the secret is checked here: the whole entry is checked when the
 * source is added.
 */
export const entryDraft = (entry: SourceEntries): E.Either<DraftProblem, EntryDraft> => {
  const { auth } = entry;
  if (!jsonObject.is(auth)) return E.left({ path: 'auth', message: 'must be a JSON object' });
  const { scheme } = auth;
  const known = schemeNames.find((name) => name === scheme);
  if (known === undefined) return E.left({ path: 'auth.scheme', message: `must be one of ${schemeNames.join(', ')}` });
  if ('secrets' in auth || 'verify_token' in auth || 'secrets' in entry)
    return E.left({ path: 'auth.secrets', message: 'must not be in the file: leadline asks for it, or makes it' });
  return E.right({ ...entry, auth: { ...auth, scheme: known } });
};

/** The entry as it is stored. */
export const entryWith = (
  { auth, ...rest }: EntryDraft,
  secret: string,
  verifyToken: string | undefined,
): SourceEntries => ({
  auth: { ...auth, secrets: [secret], ...(verifyToken === undefined ? {} : { verify_token: verifyToken }) },
  ...rest,
});
