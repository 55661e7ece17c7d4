import * as E from 'fp-ts/Either';
import * as TE from 'fp-ts/TaskEither';
import {
  addSource as adding,
  configureSource as configuring,
  ifUnchanged,
  removeSource as removing,
  retireSecret as retiring,
  rotateSource as rotating,
  type SourceChange,
  validSource,
} from '../../../shared/operations/sources/change-source';
import { entryWith } from '../../../shared/operations/sources/new-entry';
import { newSecret } from '../../../shared/operations/sources/new-secret';
import { presetNames, presetOf, secretFromOf } from '../../../shared/operations/sources/source-presets';
import type { SourceEntries } from '../../../shared/operations/sources/sources-store';
import { tryPayload } from '../../../shared/operations/sources/try-payload';
import { writeChange, writeForgetting } from '../../../shared/operations/sources/write-change';
import type { ValidSource } from '../../../shared/operations/sources/checked-source';
import { schemeNames, settingsOf } from '../../../shared/sources/auth';
import { onInvalidOf } from '../../../shared/sources/source';
import * as api from '../../api/sources';
import type { ConsolePorts } from '../ports';
import { NotFound } from '../refusal';
import type { Respond } from '../respond';
import { changingSources, readingSources } from '../rights';
import { draftIn, givenSecret, triedSourceOf, verifyTokenFor } from '../sources/new-source';
import { oneSource, revisionOf, sourceRows } from '../sources/source-answers';
import { orRefused } from '../sources/source-problem';

/** The sources of the stack: what they are, and their changes. No answer has a secret, except one that was just made. */
export const sourceRoutes = (respond: Respond, { sources, now }: Pick<ConsolePorts, 'sources' | 'now'>): void => {
  const { store } = sources;
  const reads: Respond = (endpoint, answer) => respond(endpoint, answer, readingSources);
  const changes: Respond = (endpoint, answer) => respond(endpoint, answer, changingSources);

  reads(api.sources, async () => {
    const { entries, storedAt } = await orRefused('', store.read);
    return {
      sources: sourceRows(sources, entries),
      stored_at: storedAt?.toISOString() ?? null,
      is_ingest_open: sources.isIngestOpen,
    };
  });

  reads(api.source, async ({ id }) => {
    const found = oneSource(sources, await orRefused(id, store.read), id);
    if (found === undefined) throw new NotFound(`There is no source ${id}.`);
    return found;
  });

  respond(api.choices, () => Promise.resolve(choices));

  respond(api.trySettings, ({ id, settings, payload }) => {
    const source = triedSourceOf(id, settings);
    return Promise.resolve(E.isLeft(source) ? { ...untried, problems: source.left } : tried(source.right, payload));
  });

  reads(api.trySource, async ({ id, payload }) => {
    const { entries } = await orRefused(id, store.read);
    return tried(await orRefused(id, TE.fromEither(validSource(entries, id))), payload);
  });

  /** The source as it was just written. */
  const written = (id: string, entries: SourceEntries): api.OneSource => {
    const source = oneSource(sources, { entries, storedAt: now() }, id);
    if (source === undefined) throw new NotFound(`There is no source ${id}.`);
    return source;
  };
  const seen = (id: string, revision: string, change: SourceChange): SourceChange =>
    ifUnchanged(id, (entry) => revisionOf(entry) === revision, change);

  changes(api.addSource, async ({ id, settings, secret }) => {
    const draft = draftIn(settings);
    const token = verifyTokenFor(draft);
    const used = secret === null ? newSecret(draft.auth) : givenSecret(secret);
    const entries = await orRefused(id, writeChange(store, adding(id, entryWith(draft, used, token))));
    return {
      source: written(id, entries),
      made: { secret: secret === null ? used : null, verify_token: token ?? null },
    };
  });

  changes(api.configureSource, async ({ id, revision, settings }) =>
    written(id, await orRefused(id, writeChange(store, seen(id, revision, configuring(id, draftIn(settings)))))),
  );

  changes(api.rotateSource, async ({ id, revision, secret }) => {
    const { entries: present } = await orRefused(id, store.read);
    const { auth } = await orRefused(id, TE.fromEither(validSource(present, id)));
    const used = secret === null ? newSecret(auth) : givenSecret(secret);
    const entries = await orRefused(id, writeChange(store, seen(id, revision, rotating(id, used))));
    return { source: written(id, entries), made: { secret: secret === null ? used : null, verify_token: null } };
  });

  changes(api.retireSecret, async ({ id, revision }) =>
    written(id, await orRefused(id, writeForgetting(store, id, seen(id, revision, retiring(id))))),
  );

  changes(api.removeSource, async ({ id, revision }) => {
    await orRefused(id, writeForgetting(store, id, seen(id, revision, removing(id))));
    return { id };
  });
};

const choices = {
  presets: presetNames.map((name) => {
    const { auth, payload, secretFrom, secretName } = presetOf(name);
    return {
      name,
      settings: { auth, ...(payload === undefined ? {} : { payload }) },
      secret_from: secretFrom,
      secret_name: secretName,
    };
  }),
  schemes: schemeNames.map((name) => {
    const { required, optional } = settingsOf(name);
    const open = (names: readonly string[]) => names.filter((one) => one !== 'secrets' && one !== 'verify_token');
    return { name, required: open(required), optional: open(optional), secret_from: secretFromOf(name) };
  }),
};

const untried = { problems: [], outcome: null, body_problems: [], leads: [], on_invalid: null };

const tried = (source: ValidSource, payload: string): api.Tried => {
  const result = tryPayload(source, Buffer.from(payload));
  const about = { ...untried, outcome: result.kind, on_invalid: onInvalidOf(source) };
  switch (result.kind) {
    case 'unreadable':
      return { ...about, body_problems: result.problems };
    case 'ignored':
      return about;
    case 'leads':
      return {
        ...about,
        leads: result.leads.map(({ fields, warnings, problems, key }) => ({
          fields: fields === undefined ? null : textsOf(fields),
          warnings,
          problems,
          key: key ?? null,
        })),
      };
  }
};

const textsOf = (fields: Readonly<Record<string, string | undefined>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(fields).flatMap(([name, text]) => (text === undefined ? [] : [[name, text]])));
