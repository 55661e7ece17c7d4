import { createHmac, randomBytes } from 'node:crypto';
import { canonicalJson } from '../../../shared/codecs/json-text';
import { type CheckedSource, checkedSource, checkedSources } from '../../../shared/operations/sources/checked-source';
import { senderSteps } from '../../../shared/operations/sources/sender-steps';
import { presetNames, presetOf, secretFromOf, stepsFor } from '../../../shared/operations/sources/source-presets';
import type { SourceEntries, StoredSources } from '../../../shared/operations/sources/sources-store';
import { logCountsFrom } from '../../../shared/operations/sources/times';
import { sourceView } from '../../../shared/operations/views/source-view';
import type { OneSource, SourceRow } from '../../api/sources';
import type { SourcePorts } from '../ports';

/** Of this process, so that a revision says nothing about the secrets of its entry. */
const key = randomBytes(32);

/** A text that changes with each change of an entry. */
export const revisionOf = (entry: unknown): string =>
  createHmac('sha256', key).update(canonicalJson(entry)).digest('base64url').slice(0, 22);

type Urls = Pick<SourcePorts, 'urls'>;

export const sourceRows = ({ urls }: Urls, entries: SourceEntries): readonly SourceRow[] =>
  checkedSources(entries).map((source) => rowOf({ urls }, entries, source));

const rowOf = ({ urls }: Urls, entries: SourceEntries, source: CheckedSource): SourceRow => {
  const view = { ...unknown, ...sourceView(source) };
  return {
    ...view,
    revision: revisionOf(entries[source.id]),
    url: view.id === null ? null : urls(view.id).sender,
  };
};

const unknown = { preset: null, format: null, keys: null, on_invalid: null, lead_namespace: null, silence_hours: null };

/** @returns `undefined` if there is no source with this id */
export const oneSource = (
  { urls }: Urls,
  { entries, storedAt }: Pick<StoredSources, 'entries' | 'storedAt'>,
  id: string,
): OneSource | undefined => {
  const source = checkedSource(entries, id);
  if (source === undefined) return undefined;
  const row = rowOf({ urls }, entries, source);
  const stored_at = storedAt?.toISOString() ?? null;
  const hasTwo = row.keys === 2 && storedAt !== undefined;
  return {
    source: row,
    settings: settingsOf(source),
    steps: stepsOf(source, row.url ?? ''),
    secret_from: source.kind === 'valid' ? secretFromOf(source.auth.scheme) : 'operator',
    stored_at,
    counts_from: hasTwo ? logCountsFrom(storedAt).toISOString() : null,
  };
};

/** The settings of a valid source. Each setting that is a secret is left out by its name. */
const settingsOf = (source: CheckedSource): OneSource['settings'] => {
  if (source.kind === 'invalid') return null;
  const { auth, payload, leadNamespace, silenceHours } = source;
  const open = Object.entries(auth).filter(([name]) => name !== 'secrets' && name !== 'verify_token');
  return {
    auth: Object.fromEntries(open),
    ...(Object.keys(payload).length === 0 ? {} : { payload }),
    ...(leadNamespace === undefined ? {} : { lead_namespace: leadNamespace }),
    ...(silenceHours === undefined ? {} : { silence_hours: silenceHours }),
  };
};

/** What to set at the provider: the steps of the preset that signs and sends as the source does. */
const stepsOf = (source: CheckedSource, url: string): readonly string[] => {
  if (source.kind === 'invalid') return [];
  const { auth, payload } = source;
  const known = presetNames
    .map(presetOf)
    .find((preset) => preset.auth.scheme === auth.scheme && preset.payload?.preset === payload.preset);
  if (known === undefined)
    return [
      `Enter the URL ${url} at the sender.`,
      ...senderSteps(auth),
      'Enter the secret there, unless the sender gave it to you.',
    ];
  return stepsFor(known, {
    url,
    user: 'user' in auth ? auth.user : undefined,
    header: 'header' in auth ? auth.header : undefined,
  });
};
