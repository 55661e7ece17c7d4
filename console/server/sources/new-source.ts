import * as E from 'fp-ts/Either';
import { checkedSource, type ValidSource } from '../../../shared/operations/sources/checked-source';
import { type EntryDraft, entryDraft, entryWith } from '../../../shared/operations/sources/new-entry';
import { newSecret } from '../../../shared/operations/sources/new-secret';
import type { SourceEntries } from '../../../shared/operations/sources/sources-store';
import { BadInput } from '../refusal';

/** @throws a BadInput that names the field */
export const draftIn = (settings: SourceEntries): EntryDraft => {
  const draft = entryDraft(settings);
  if (E.isRight(draft)) return draft.right;
  throw new BadInput(`The settings are invalid: ${draft.left.path} ${draft.left.message}. Nothing was written.`);
};

/** Meta sends this token to prove that a request for verification is its own. */
export const verifyTokenFor = ({ auth }: EntryDraft): string | undefined =>
  auth.scheme === 'meta' ? newSecret({ scheme: 'meta' }) : undefined;

/**
 * The source whose mapping is tried, with a random secret. A mapping can be tried before the operator decides how
 * senders are authenticated, so that invalid settings of `auth` are replaced.
 *
 * @returns Left: the problems of the settings other than `auth`
 */
export const triedSourceOf = (id: string, settings: SourceEntries): E.Either<readonly string[], ValidSource> => {
  const whole = sourceOf(id, settings);
  return E.isRight(whole) ? whole : sourceOf(id, { ...settings, auth: anyAuth });
};

const anyAuth = { scheme: 'header-secret', header: 'x-secret' };

const sourceOf = (id: string, settings: SourceEntries): E.Either<readonly string[], ValidSource> => {
  const draft = entryDraft(settings);
  if (E.isLeft(draft)) return E.left([`${draft.left.path} ${draft.left.message}`]);
  const name = id === '' ? 'new' : id;
  const entry = entryWith(draft.right, newSecret(draft.right.auth), verifyTokenFor(draft.right));
  const source = checkedSource({ [name]: entry }, name);
  return source?.kind === 'valid' ? E.right(source) : E.left(source?.problems ?? []);
};

/**
 * A secret that the provider shows. A space or a line end that was copied with it is not part of it.
 *
 * @throws a BadInput if there is none, or if it has several lines
 */
export const givenSecret = (text: string): string => {
  const secret = text.trim();
  if (secret === '') throw new BadInput('The secret is empty. Nothing was written.');
  if (/[\r\n]/.test(secret)) throw new BadInput('The secret has several lines. Nothing was written.');
  return secret;
};
