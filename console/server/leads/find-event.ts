import { eventRef } from '../../../shared/lead/event-ref';
import { leadId } from '../../../shared/lead/lead-id';
import type { LeadPorts } from '../../../shared/operations/leads/lead-ports';
import type { EventItem } from '../../../shared/stored/event-item';
import { BadInput, Conflict } from '../refusal';

/** The event that a request names, as the table has it now. */
export const findEvent = async (
  { leadsOfEvents }: Pick<LeadPorts, 'leadsOfEvents'>,
  { id, event }: Readonly<{ id: string; event: string }>,
): Promise<EventItem> => {
  if (!leadId.is(id)) throw new BadInput('This is not the id of a lead.');
  const { found, unreadable } = await leadsOfEvents([eventRef({ lead_id: id, event_id: event })]);
  const [first] = found;
  if (first !== undefined) return first.event;
  throw unreadable > 0 ? new Conflict(notReadable) : new BadInput('There is no such event. It may have expired.');
};

const notReadable =
  'The record of this event cannot be decoded. Correct the item in the table: the lead page names what is wrong.';
