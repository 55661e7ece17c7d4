import * as t from 'io-ts';
import { nullable } from '../../shared/codecs/nullable';
import { changes, reads } from './endpoint';
import { personal } from './personal';
import { task } from './task';

const owner = t.readonly(
  t.type({
    /** The name of the owner; the address, masked unless `personal` is `shown`, if the owner has no name. */
    owner: t.string,
    /** What `GET /leads?owner=` finds. `null` while it is masked. */
    key: nullable(t.string),
    /** How many leads of this page have the owner. */
    leads: t.number,
    /** The first of them. */
    lead_ids: t.readonlyArray(t.string),
  }),
  'OwnerRow',
);

export type OwnerRow = t.TypeOf<typeof owner>;

const ownersPage = t.readonly(
  t.type({
    owners: t.readonlyArray(owner),
    /** Files that EnrichmentFunction refuses, and why. */
    invalid: t.readonlyArray(t.readonly(t.type({ lead_id: t.string, problems: t.readonlyArray(t.string) }))),
    /** Objects of the bucket that are no file of a lead. */
    others: t.readonlyArray(t.string),
    /** How many files were read. */
    files: t.number,
    /** The `after` of the next page; `null` on the last one. */
    next: nullable(t.string),
  }),
  'OwnersPage',
);

export type OwnersPage = t.TypeOf<typeof ownersPage>;

/** Who has which leads, of at most 1,000 files of the lookup bucket in the order of their lead ids. */
export const owners = reads('/api/owners', t.intersection([t.partial({ after: t.string }), personal]), ownersPage);

const finding = t.readonly(
  t.type({
    lead_id: t.string,
    /**
     * `put`: its event waits for the file. `put-and-redrive`: its event failed because of the file. `redrive`: it
     * failed, and the file is there now. `correct-and-redrive`: as `redrive`, and an address of the file is no e-mail
     * address. `correct`: the file is invalid, and no event waits for it.
     * `correct-address`: the file is valid, and an address of it is no e-mail address. `look`: the file is there now. It
     * came after the event was due, so that the event may have failed.
     */
    remedy: t.keyof({
      put: null,
      'put-and-redrive': null,
      redrive: null,
      'correct-and-redrive': null,
      correct: null,
      'correct-address': null,
      look: null,
    }),
    file: t.keyof({ missing: null, valid: null, invalid: null }),
    problems: t.readonlyArray(t.string),
    due_at: nullable(t.string),
  }),
  'OwnerFinding',
);

export type OwnerFinding = t.TypeOf<typeof finding>;

/** The result of the latest search for leads without an owner. `null` if there was none since the console started. */
export const missingOwners = reads(
  '/api/owners/missing',
  t.type({}),
  nullable(
    t.readonly(
      t.type({
        at: t.string,
        /** At most 1,000. */
        findings: t.readonlyArray(finding),
        /** How many there are, with those that are beyond the limit. */
        found: t.number,
        events: t.number,
        files: t.number,
        /** Whether the search was stopped before its end. */
        is_stopped: t.boolean,
      }),
    ),
  ),
);

/** Searches the unfinished events for leads without a valid file of an owner. `with_files`: reads all files, too. */
export const findMissing = changes('/api/owners/find-missing', t.type({ with_files: t.boolean }), task);

/** The text of a JSON object with `owner_name` or `owner_email`. */
const file = { lead_id: t.string, file: t.string };

const plan = t.readonly(
  t.type({
    /** Why EnrichmentFunction would refuse the file. Nothing else is known then. */
    problems: t.readonlyArray(t.string),
    /** `same`: the stored file says the same. */
    change: nullable(t.keyof({ new: null, same: null, replaces: null })),
    /** Names of the fields that a replacement adds, removes or changes. */
    changed_fields: t.readonlyArray(t.string),
    /** The owner that would be replaced, with masked addresses. */
    previous_owner: nullable(t.string),
    /** The version of the stored file. `null` if there is none. */
    version: nullable(t.string),
  }),
  'OwnerPlan',
);

export type OwnerPlan = t.TypeOf<typeof plan>;

/** Checks the file of an owner, and says what it would replace. Nothing is written. */
export const planOwner = changes('/api/owners/plan', t.type(file), plan);

/** Writes a file that was planned. `conflict` if the stored file is not the one of the plan: nothing is written then. */
export const putOwner = changes(
  '/api/owners/put',
  t.type({ ...file, version: nullable(t.string) }),
  t.readonly(t.type({ lead_id: t.string, result: t.keyof({ written: null, unchanged: null }) })),
);

const checked = t.readonly(
  t.type({
    /** Names the import. `null` if the file has problems: then there is nothing to import. */
    id: nullable(t.string),
    rows: t.number,
    /** How many leads the valid rows name. */
    leads: t.number,
    /** How many rows are invalid. */
    invalid: t.number,
    /** The first of them, by line. Line 0 is the file as a whole. */
    problems: t.readonlyArray(t.readonly(t.type({ line: t.number, problem: t.string }))),
    /** Compares the rows with the stored files. */
    task: nullable(task),
  }),
  'ImportChecked',
);

/**
 * Checks all rows of a CSV, JSON or NDJSON file. If all are valid, it starts a task that compares them with the stored
 * files. Nothing is written.
 */
export const checkImport = changes('/api/owners/import/check', t.type({ text: t.string }), checked, {
  maxBytes: 8 * 1024 * 1024,
});

const importState = t.readonly(
  t.type({
    id: t.string,
    state: t.keyof({ comparing: null, ready: null, writing: null, written: null, stopped: null, failed: null }),
    /** Files to write. `null` until they were compared. */
    added: nullable(t.number),
    replaced: nullable(t.number),
    unchanged: nullable(t.number),
    /** Leads whose files another user changed in the meantime. They are left as they are. */
    changed: t.readonlyArray(t.string),
    /** `null` until the writing began. */
    written: nullable(t.number),
    /** Files that are to be written. `null` until they were compared. */
    left: nullable(t.number),
  }),
  'ImportState',
);

export type ImportState = t.TypeOf<typeof importState>;

/** How far an import is. `not-found` for an import of another console. */
export const ownerImport = reads('/api/owners/import', t.type({ id: t.string }), importState);

/** Compares again, for an import that was stopped or failed while it was compared. Nothing is written. */
export const compareImport = changes('/api/owners/import/compare', t.type({ id: t.string }), task);

/**
 * Writes the files of an import that is `ready`. For one that was stopped or failed while it wrote, it writes the rest of
 * the same files. Refused for one that is written, or was not compared.
 */
export const writeImport = changes('/api/owners/import/write', t.type({ id: t.string }), task);
