import * as E from 'fp-ts/Either';
import type { EmailAddress } from '../../../../shared/lead/email-address';
import { eventRef, eventRefKey } from '../../../../shared/lead/event-ref';
import { namespaceOf } from '../../../../shared/lead/lead-namespace';
import { searchKey } from '../../../../shared/lead/owner';
import type { LeadPorts } from '../../../../shared/operations/leads/lead-ports';
import { isInPeriod } from '../../../../shared/operations/views/event-period';
import type { EventItem } from '../../../../shared/stored/event-item';
import type { LeadItem } from '../../../../shared/stored/lead-item';

/** The lead that an event says: of Ana Lind, with an owner. */
export const leadOf = (event: EventItem, about: Partial<LeadItem> = {}): LeadItem => ({
  lead_id: event.lead_id,
  namespace: namespaceOf(event),
  source: event.source,
  email: 'ana@lindab.example' as EmailAddress,
  event_id: event.event_id,
  updated_at: event.event_time,
  version: `${event.event_time} ${event.event_id}`,
  email_key: 'ana@lindab.example',
  display_name: 'Ana Lind',
  status: 'new',
  owner_name: 'Bob Builder',
  owner_key: 'bob@team.example',
  ...about,
});

type Known = Readonly<{ event: EventItem; lead?: LeadItem }>;

/** Leads and events in memory, newest last. @param isWhole whether the count of the model is complete */
export const leadDouble = (known: readonly Known[], isWhole = true): LeadPorts => ({
  findLeads: ({ by, value, limit, cursor = '0' }) => {
    if (!/^\d+$/.test(cursor)) return Promise.resolve('bad-cursor');
    const keyOf = (lead: LeadItem) =>
      by === 'email' ? lead.email_key : by === 'owner' ? (lead.owner_key ?? '') : searchKey(lead.status ?? '');
    const found = known.flatMap(({ lead, event }) =>
      lead !== undefined && keyOf(lead) === value ? [{ lead, event }] : [],
    );
    const end = Number(cursor) + limit;
    return Promise.resolve({
      leads: found.toReversed().slice(Number(cursor), end),
      next: end < found.length ? String(end) : undefined,
      unreadable: [],
    });
  },
  history: (id) => {
    const mine = known.filter(({ event }) => event.lead_id === id);
    return Promise.resolve({
      leads: mine.flatMap(({ lead, event }) => (lead === undefined ? [] : [{ lead, event }])),
      events: mine.map(({ event }) => event),
      next: undefined,
      unreadable: [],
    });
  },
  findEvents: ({ state, source, period, limit, cursor = '0' }) => {
    if (!/^\d+$/.test(cursor)) return E.left('bad-cursor');
    const found = known
      .map(({ event }) => event)
      .filter((event) => (state ?? event.state) === event.state && (source ?? event.source) === event.source)
      .filter((event) => period === undefined || isInPeriod(period, event))
      .toReversed();
    const end = Number(cursor) + limit;
    return E.right({
      events: found.slice(Number(cursor), end).map((event) => ({
        lead_id: event.lead_id,
        event_id: event.event_id,
        source: event.source,
        state: event.state,
        reason: event.reason ?? null,
        received_at: event.received_at,
        due_at: null,
        notified_at: null,
        failed_at: null,
      })),
      next: end < found.length ? String(end) : null,
      is_whole: isWhole,
    });
  },
  leadsOfEvents: (refs) =>
    Promise.resolve({
      found: refs.flatMap((ref) =>
        known.flatMap(({ event, lead }) =>
          eventRefKey(eventRef(event)) === eventRefKey(ref) ? [{ event, lead }] : [],
        ),
      ),
      unreadable: 0,
    }),
});
