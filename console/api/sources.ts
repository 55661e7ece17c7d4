import * as t from 'io-ts';
import { nullable } from '../../shared/codecs/nullable';
import { changes, reads } from './endpoint';

/** A place, and what was expected there or what was done. Never a value. */
const placed = t.readonly(t.type({ path: t.string, message: t.string }), 'Placed');

export type Placed = t.TypeOf<typeof placed>;

/** A source without its secrets. Of an invalid entry, only the id, the revision and the problems are known. */
const sourceRow = t.readonly(
  t.type({
    /** `null` if the text is no valid id: it may be a secret in the wrong place. */
    id: nullable(t.string),
    /** Changes with each change of the entry. A change of a source names the revision that its user has seen. */
    revision: t.string,
    /** What a sender enters. */
    url: nullable(t.string),
    scheme: nullable(t.string),
    preset: nullable(t.string),
    format: nullable(t.string),
    /** The number of its valid secrets. */
    keys: nullable(t.number),
    on_invalid: nullable(t.string),
    lead_namespace: nullable(t.string),
    silence_hours: nullable(t.number),
    /** Why the functions refuse the entry. Empty for a valid source. */
    problems: t.readonlyArray(t.string),
  }),
  'SourceRow',
);

export type SourceRow = t.TypeOf<typeof sourceRow>;

/** All sources, in the order of the secret that holds them. */
export const sources = reads(
  '/api/sources',
  t.type({}),
  t.readonly(
    t.type({
      sources: t.readonlyArray(sourceRow),
      /** When the sources were last changed. */
      stored_at: nullable(t.string),
      /** Whether source `ingest` sends without a secret. */
      is_ingest_open: t.boolean,
    }),
  ),
);

/** The settings of a source: `{auth, payload, lead_namespace, silence_hours}`, without its secrets. */
const settings = t.UnknownRecord;

const oneSource = t.readonly(
  t.type({
    source: sourceRow,
    /** `null` for an invalid entry: its fields may hold a secret in the wrong place. */
    settings: nullable(settings),
    /** What to set at the provider, in order. */
    steps: t.readonlyArray(t.string),
    /** Who makes a new secret: the provider shows its own, or the operator enters one at the provider. */
    secret_from: t.keyof({ provider: null, operator: null }),
    /** When the sources were last changed, by any change of any source. */
    stored_at: nullable(t.string),
    /** From when the counts of matched secrets say which secret senders use, if the last change was a rotation. */
    counts_from: nullable(t.string),
  }),
  'OneSource',
);

export type OneSource = t.TypeOf<typeof oneSource>;

/** One source. The problem `not-found` if there is none with this id. */
export const source = reads('/api/sources/one', t.type({ id: t.string }), oneSource);

const preset = t.readonly(
  t.type({
    name: t.string,
    /** The settings that the preset stands for. */
    settings,
    secret_from: t.keyof({ provider: null, operator: null }),
    /** What the secret is called at the provider. */
    secret_name: t.string,
  }),
  'PresetChoice',
);

const scheme = t.readonly(
  t.type({
    name: t.string,
    /** Settings of `auth` other than secrets. */
    required: t.readonlyArray(t.string),
    optional: t.readonlyArray(t.string),
    secret_from: t.keyof({ provider: null, operator: null }),
  }),
  'SchemeChoice',
);

export type PresetChoice = t.TypeOf<typeof preset>;
export type SchemeChoice = t.TypeOf<typeof scheme>;

/** What a new source can be. */
export const choices = reads(
  '/api/sources/choices',
  t.type({}),
  t.readonly(t.type({ presets: t.readonlyArray(preset), schemes: t.readonlyArray(scheme) })),
);

const triedLead = t.readonly(
  t.type({
    /** `null` if the lead is not valid. */
    fields: nullable(t.readonly(t.record(t.string, t.string))),
    warnings: t.readonlyArray(placed),
    problems: t.readonlyArray(placed),
    /** What `event_key` found. `null`: the content identifies the event. */
    key: nullable(t.string),
  }),
  'TriedLead',
);

export type TriedLead = t.TypeOf<typeof triedLead>;

const tried = t.readonly(
  t.type({
    /** Why the settings are no source. The payload is not read then. */
    problems: t.readonlyArray(t.string),
    /** `unreadable`: no body of the format. `ignored`: without a lead, such as a test of the provider. */
    outcome: nullable(t.keyof({ unreadable: null, ignored: null, leads: null })),
    body_problems: t.readonlyArray(placed),
    leads: t.readonlyArray(triedLead),
    /** What becomes of a lead that is not valid. */
    on_invalid: nullable(t.string),
  }),
  'Tried',
);

export type Tried = t.TypeOf<typeof tried>;

/**
 * Reads a payload with settings that need not be stored, as Leadline would read it. Nothing is stored. Their `auth` may be
 * incomplete. The answer has the fields of the leads in clear, because the page sent them.
 */
export const trySettings = changes('/api/sources/try', t.type({ id: t.string, settings, payload: t.string }), tried);

/** As `trySettings`, with the settings of a source that is stored. */
export const trySource = changes('/api/sources/try-stored', t.type({ id: t.string, payload: t.string }), tried);

/** Secrets that were made, which the user must enter at the provider. They are in no other answer. */
const made = t.readonly(t.type({ secret: nullable(t.string), verify_token: nullable(t.string) }), 'MadeSecrets');

export type MadeSecrets = t.TypeOf<typeof made>;

/** The secret that a provider shows. `null`: Leadline makes one. */
const givenSecret = nullable(t.string);

/** Adds a source. `bad-input` if the settings are invalid, `conflict` if there is a source with this id. */
export const addSource = changes(
  '/api/sources/add',
  t.type({ id: t.string, settings, secret: givenSecret }),
  t.readonly(t.type({ source: oneSource, made })),
);

/** A source as its user has seen it. A change of a source that was changed since is answered with `conflict`. */
const seen = { id: t.string, revision: t.string };

/** Replaces all settings of a source except its secrets. */
export const configureSource = changes('/api/sources/configure', t.type({ ...seen, settings }), oneSource);

/** Puts a new secret before the present one. Both are valid until the old one is retired. */
export const rotateSource = changes(
  '/api/sources/rotate',
  t.type({ ...seen, secret: givenSecret }),
  t.readonly(t.type({ source: oneSource, made })),
);

/** Drops the old secret of a source, which is the second one. */
export const retireSecret = changes('/api/sources/retire', t.type(seen), oneSource);

/** Removes a source. Its leads and events stay. */
export const removeSource = changes('/api/sources/remove', t.type(seen), t.readonly(t.type({ id: t.string })));
