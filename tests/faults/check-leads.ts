import type { EventItem } from '../../shared/stored/event-item';
import { versionOf } from '../../shared/lead/event-time';
import { namespaceOf } from '../../shared/lead/lead-namespace';
import { check, type Check, naming } from './check';
import { ownerOf } from './plan';
import { isAccepted, type Sent } from './senders';
import { leadName, type Snapshot } from './snapshot';

const version = ({ event_time, event_id }: EventItem) => versionOf(event_time, event_id);

const nameOf = (event: EventItem) => leadName({ leadId: event.lead_id, namespace: namespaceOf(event) });

/** An event that was not accepted, and not enriched, may or may not have changed its lead. */
export const checkLeads = (sent: readonly Sent[], { events, leads }: Snapshot): Check => {
  const accepted = new Set(sent.filter(isAccepted).map(({ event }) => event.eventId));
  const violations = naming(new Set([...events.values()].map(nameOf)))((name) => {
    const ofLead = [...events.values()].filter((event) => nameOf(event) === name);
    const newest = ofLead
      .filter(({ event_id, state }) => state === 'NOTIFIED' || accepted.has(event_id))
      .map(version)
      .sort()
      .at(-1);
    const lead = leads.get(name);
    if (lead === undefined) return newest === undefined ? undefined : 'has events and no lead';
    if (newest !== undefined && lead.version < newest) return `has version ${lead.version}, its newest event ${newest}`;
    const event = ofLead.find(({ event_id }) => event_id === lead.event_id);
    if (event === undefined) return 'refers to an event that does not exist';
    if (lead.version !== version(event)) return `has version ${lead.version}, its event ${version(event)}`;
    const hasItsOwner = JSON.stringify(lead.owner) === JSON.stringify(ownerOf(lead.lead_id));
    return event.state === 'NOTIFIED' && !hasItsOwner ? 'lacks its owner' : undefined;
  });
  return check('each lead says what its newest event says', violations);
};
