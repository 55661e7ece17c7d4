import * as E from 'fp-ts/Either';
import { jsonObject } from '../../codecs/json-object';
import { writeJson } from '../../codecs/json-text';
import { leadId } from '../../lead/lead-id';
import { checkedSource, checkedSources, type ValidSource } from './checked-source';
import type { EntryDraft } from './new-entry';
import type { SourceEntries } from './sources-store';

/** Why a change of a source is refused. Nothing is written then. */
export type SourceRefusal =
  | { readonly kind: 'exists' }
  /** The source is not the one that the operator has seen: another writer has changed it since. */
  | { readonly kind: 'changed' }
  /** `known`: the ids of the valid entries. That of any other entry may be a secret in the wrong place. */
  | { readonly kind: 'no-such-source'; readonly known: readonly string[] }
  /** `problems`: places, and what was expected there */
  | { readonly kind: 'invalid'; readonly problems: readonly string[] }
  /** Both secrets of the source are in use, so that there is no place for a third one. */
  | { readonly kind: 'two-secrets' }
  /** There is no old secret that could be dropped. */
  | { readonly kind: 'one-secret' }
  /** The new secret is one of the present ones. */
  | { readonly kind: 'same-secret' }
  | { readonly kind: 'too-large'; readonly bytes: number };

/** Decides a change, from the entries as they are stored. All other entries stay as they are, valid or not. */
export type SourceChange = (entries: SourceEntries) => E.Either<SourceRefusal, SourceEntries>;

/** The longest text of a secret (AWS Secrets Manager User Guide, quotas), in bytes. */
const maxBytes = 65_536;

/**
 * Adds a source with an id that no entry has. The id is a part of a URL and of log lines, so that a new one has the
 * characters of a lead id. The functions accept the ids of earlier entries as they are.
 */
export const addSource =
  (id: string, entry: SourceEntries): SourceChange =>
  (entries) => {
    if (Object.hasOwn(entries, id)) return E.left({ kind: 'exists' });
    const problems = [...(isNewId(id) ? [] : [newIdProblem]), ...headerProblems(entry)];
    return problems.length > 0 ? E.left({ kind: 'invalid', problems }) : withEntry(entries, id, entry);
  };

const isNewId = (id: string): boolean => leadId.is(id) && id !== '__proto__';

const newIdProblem =
  'the id of a source must have 1 to 64 printable ASCII characters, without spaces, slashes, "%" or "..", and must be no ' +
  'e-mail address';

/** Headers that HTTP clients and servers set themselves, so that a sender cannot use them (RFC 9110, RFC 9112). */
const headersOfHttp = ['content-length', 'content-type', 'host', 'transfer-encoding', 'connection'];

const headerProblems = ({ auth }: SourceEntries): readonly string[] =>
  ['header', 'timestamp_header', 'id_header'].flatMap((field) => {
    const name = jsonObject.is(auth) ? auth[field] : undefined;
    return typeof name === 'string' && headersOfHttp.includes(name.toLowerCase())
      ? [`auth.${field} must not be ${name}, which HTTP itself uses`]
      : [];
  });

/**
 * Replaces all settings of a source, valid or not, except its secrets and, unless the new settings have one, its
 * `verify_token`.
 */
export const configureSource =
  (id: string, { auth, ...rest }: EntryDraft): SourceChange =>
  (entries) => {
    if (!Object.hasOwn(entries, id)) return E.left(noSuchSource(entries));
    const entry = jsonObject.is(entries[id]) ? entries[id] : {};
    const present = jsonObject.is(entry.auth) ? entry.auth : entry;
    const keepsToken = present.verify_token !== undefined && (auth.scheme === 'meta' || auth.scheme === 'hmac');
    const token = keepsToken ? { verify_token: present.verify_token } : {};
    const problems = headerProblems({ auth });
    if (problems.length > 0) return E.left({ kind: 'invalid', problems });
    return withEntry(entries, id, { auth: { ...token, ...auth, secrets: present.secrets }, ...rest });
  };

/** Puts a new secret before the present one. Both are valid until the old one is retired. */
export const rotateSource =
  (id: string, secret: string): SourceChange =>
  (entries) =>
    E.flatMap(({ auth }: ValidSource): E.Either<SourceRefusal, SourceEntries> => {
      if (auth.secrets.includes(secret)) return E.left({ kind: 'same-secret' });
      return auth.secrets.length > 1
        ? E.left({ kind: 'two-secrets' })
        : withEntry(entries, id, withSecrets(entries[id], [secret, ...auth.secrets]));
    })(validSource(entries, id));

/** Drops the old secret of a source, which is the second one. */
export const retireSecret =
  (id: string): SourceChange =>
  (entries) =>
    E.flatMap(({ auth }: ValidSource): E.Either<SourceRefusal, SourceEntries> => {
      const [first, second] = auth.secrets;
      return first === undefined || second === undefined
        ? E.left({ kind: 'one-secret' })
        : withEntry(entries, id, withSecrets(entries[id], [first]));
    })(validSource(entries, id));

/** Removes a source, valid or not. */
export const removeSource =
  (id: string): SourceChange =>
  (entries) =>
    Object.hasOwn(entries, id)
      ? E.right(Object.fromEntries(Object.entries(entries).filter(([other]) => other !== id)))
      : E.left(noSuchSource(entries));

/**
 * Makes a change only if its source is still the one that the operator has seen.
 *
 * @param isSeen whether the entry is the one that was seen
 */
export const ifUnchanged =
  (id: string, isSeen: (entry: unknown) => boolean, change: SourceChange): SourceChange =>
  (entries) =>
    Object.hasOwn(entries, id) && !isSeen(entries[id]) ? E.left({ kind: 'changed' }) : change(entries);

/** Finds a source that the functions accept. */
export const validSource = (entries: SourceEntries, id: string): E.Either<SourceRefusal, ValidSource> => {
  const source = checkedSource(entries, id);
  if (source === undefined) return E.left(noSuchSource(entries));
  return source.kind === 'valid' ? E.right(source) : E.left({ kind: 'invalid', problems: source.problems });
};

const noSuchSource = (entries: SourceEntries): SourceRefusal => ({
  kind: 'no-such-source',
  known: checkedSources(entries).flatMap(({ kind, id }) => (kind === 'valid' ? [id] : [])),
});

/** Puts an entry into its place, or to the end, if the functions accept it. */
const withEntry = (
  entries: SourceEntries,
  id: string,
  entry: SourceEntries,
): E.Either<SourceRefusal, SourceEntries> => {
  // By itself, because a problem of an id names the number of the entry.
  const checked = checkedSource({ [id]: entry }, id);
  if (checked?.kind !== 'valid') return E.left({ kind: 'invalid', problems: checked?.problems ?? [] });
  const changed = { ...entries, [id]: entry };
  const bytes = Buffer.byteLength(writeJson(changed));
  return bytes > maxBytes ? E.left({ kind: 'too-large', bytes }) : E.right(changed);
};

/** Replaces the secrets of an entry, in its present or its earlier form, and keeps all other fields. */
const withSecrets = (entry: unknown, secrets: readonly string[]): SourceEntries => {
  const object = jsonObject.is(entry) ? entry : {};
  return jsonObject.is(object.auth) ? { ...object, auth: { ...object.auth, secrets } } : { ...object, secrets };
};
