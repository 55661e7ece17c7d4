import { maskAddress, maskName, maskStatus } from '../../../shared/codecs/mask-personal';
import { namespaceOf } from '../../../shared/lead/lead-namespace';
import type { FoundRow } from '../../../shared/operations/leads/search-leads';
import type { EventItem } from '../../../shared/stored/event-item';
import type { LeadItem } from '../../../shared/stored/lead-item';
import type { LeadRow } from '../../api/leads';

/** A lead with an event of it. @param isShown whether personal data are in clear */
export const leadRowOf =
  (isShown: boolean) =>
  ({ lead, event }: FoundRow): LeadRow => {
    const known = lead ?? event;
    return {
      lead_id: known.lead_id,
      namespace: namespaceOf(known),
      source: event?.source ?? known.source,
      event_id: event?.event_id ?? known.event_id,
      ...personOf(lead, isShown),
      ...progressOf(event),
      updated_at: lead?.updated_at ?? event?.event_time ?? '',
    };
  };

const personOf = (lead: LeadItem | undefined, isShown: boolean) => {
  const masked = (value: string | undefined, mask: (text: string) => string): string | null =>
    value === undefined ? null : isShown ? value : mask(value);
  return {
    display_name: masked(lead?.display_name, maskName),
    email: masked(lead?.email, maskAddress),
    status: masked(lead?.status, maskStatus),
    // An owner without a name has the address in its place.
    owner_name: masked(lead?.owner_name, (name) => (name.includes('@') ? maskAddress(name) : name)),
  };
};

const progressOf = (event: EventItem | undefined) => ({
  state: event?.state ?? null,
  reason: event === undefined || event.state === 'NOTIFIED' ? null : (event.reason ?? null),
  received_at: event?.received_at ?? null,
  due_at: event?.due_at ?? null,
  notified_at: event?.notified_at ?? null,
  failed_at: event?.failed_at ?? null,
});
