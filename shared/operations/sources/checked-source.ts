import type { Auth } from '../../sources/auth';
import type { PayloadSettings } from '../../sources/payloads/payload-settings';
import { entryOf, isUnreadable, sourcesFrom } from '../../sources/sources';
import type { SourceEntries } from './sources-store';

/** An entry of the sources secret as the functions read it: a source, or the problems of an invalid entry. */
export type CheckedSource =
  | Readonly<{
      kind: 'valid';
      id: string;
      auth: Auth;
      payload: PayloadSettings;
      leadNamespace: string | undefined;
      silenceHours: number | undefined;
    }>
  | InvalidSource;

/** `problems`: places, and what was expected there. Never what was found. */
export type InvalidSource = Readonly<{ kind: 'invalid'; id: string; problems: readonly string[] }>;

export type ValidSource = Extract<CheckedSource, { kind: 'valid' }>;

/** Checks each entry by itself, in their order, as the functions do. */
export const checkedSources = (entries: SourceEntries): readonly CheckedSource[] => {
  const { sources } = sourcesFrom(entries);
  return Object.keys(entries).map((id): CheckedSource => {
    const source = entryOf(sources, id);
    if (source === undefined) return { kind: 'invalid', id, problems: ['an entry has an empty id'] };
    if (isUnreadable(source)) return { kind: 'invalid', id, problems: source.problems };
    const { auth, payload, lead_namespace: leadNamespace, silence_hours: silenceHours } = source;
    return { kind: 'valid', id, auth, payload, leadNamespace, silenceHours };
  });
};

/** Checks one entry. `undefined` if there is none with this id. */
export const checkedSource = (entries: SourceEntries, id: string): CheckedSource | undefined =>
  checkedSources(entries).find((source) => source.id === id);
