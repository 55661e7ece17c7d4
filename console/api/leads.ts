import * as t from 'io-ts';
import { nullable } from '../../shared/codecs/nullable';
import { happening } from '../../shared/operations/views/event-period';
import { failureReason } from '../../shared/lead/failure-reason';
import { eventState } from '../../shared/stored/event-state';
import { reads } from './endpoint';
import { personal } from './personal';

/**
 * What to search for. At most one of `id`, `email`, `owner` and `status`; `state`, `source` and a period narrow it, or are
 * the search if they are alone. Without any of them, all leads are found.
 */
const leadSearch = t.partial({
  id: t.string,
  email: t.string,
  /** The address of the owner, or the name if the owner has no address. */
  owner: t.string,
  /** The status in the CRM. */
  status: t.string,
  state: eventState,
  source: t.string,
  /** What happened from `from` on and before `to`, which are instants. All three, or none of them. */
  during: happening,
  from: t.string,
  to: t.string,
});

export type LeadSearch = t.TypeOf<typeof leadSearch>;

/** A lead, with its newest event. In a search by `state` or a period alone, with the event that it finds. */
export const leadRow = t.readonly(
  t.type({
    lead_id: t.string,
    namespace: t.string,
    source: t.string,
    event_id: t.string,
    /** Masked unless `personal` is `shown`, as `email`. */
    display_name: nullable(t.string),
    email: nullable(t.string),
    status: nullable(t.string),
    owner_name: nullable(t.string),
    /** `null` if the event has expired or cannot be read. */
    state: nullable(eventState),
    /** Why the latest attempt failed. `null` if it was mailed. */
    reason: nullable(failureReason),
    /** The time of the newest event of the lead. */
    updated_at: t.string,
    received_at: nullable(t.string),
    due_at: nullable(t.string),
    notified_at: nullable(t.string),
    failed_at: nullable(t.string),
  }),
  'LeadRow',
);

export type LeadRow = t.TypeOf<typeof leadRow>;

const leadsPage = t.readonly(
  t.type({
    /** Newest first. The store has no other order: the page sorts the rows that it has loaded, and says so. */
    rows: t.readonlyArray(leadRow),
    /** The `cursor` of the next page; `null` on the last page. A page may have few rows, or none, and a next one. */
    next: nullable(t.string),
    /** How many items of this page could not be decoded. */
    unreadable: t.number,
    /** `false` while the first count of the table runs: a search by state or source, or for all leads, may lack some. */
    is_whole: t.boolean,
  }),
  'LeadsPage',
);

export type LeadsPage = t.TypeOf<typeof leadsPage>;

/** Finds leads. `limit` is a number from 1 to 100, 50 if it is absent. */
export const leads = reads(
  '/api/leads',
  t.intersection([leadSearch, t.partial({ cursor: t.string, limit: t.string }), personal]),
  leadsPage,
);

/** A download of all pages of a search: open this address with the parameters of `leadsExport`. */
export const leadsExportPath = '/api/leads/export';

/** The parameters of a download. */
export const leadsExport = t.intersection([
  leadSearch,
  t.type({ format: t.keyof({ csv: null, json: null }) }),
  personal,
]);
