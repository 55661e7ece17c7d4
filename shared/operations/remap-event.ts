import { eventRef, type EventRef } from '../lead/event-ref';
import type { LeadId } from '../lead/lead-id';
import type { MappedFields } from '../lead/mapped-fields';
import type { EventItem } from '../stored/event-item';

/** What the present mapping of a source reads of the raw payload of an event. */
export type PresentReading =
  /** `mapped`: `undefined` if the source has no mapping now. */
  | Readonly<{ kind: 'read'; leadId: LeadId; mapped: MappedFields | undefined }>
  /** The payload is no lead by the present mapping, or there is no payload or no source any more. */
  | Readonly<{ kind: 'not-read' }>;

export type RemapPorts = Readonly<{
  /** Reads the raw payload of an event with the present settings of its source. */
  readPresent: (event: EventItem) => Promise<PresentReading>;
  /** Returns the event as it is if a worker holds it. */
  writeMapped: (event: EventRef, mapped: MappedFields | undefined) => Promise<EventItem | undefined>;
}>;

/**
 * Why an event was not remapped: the present mapping does not read its payload, or reads another lead from it, or a
 * worker holds the event.
 */
export type NotRemapped = 'not-a-lead' | 'another-lead' | 'held';

/**
 * Applies the present mapping of its source to an accepted event. The lead of an event never changes: a mapping that
 * reads another lead id is refused, because the event would be another event.
 */
export const remapEvent = async (
  { readPresent, writeMapped }: RemapPorts,
  event: EventItem,
): Promise<'remapped' | NotRemapped> => {
  const reading = await readPresent(event);
  if (reading.kind === 'not-read') return 'not-a-lead';
  if (reading.leadId !== event.lead_id) return 'another-lead';
  return (await writeMapped(eventRef(event), reading.mapped)) === undefined ? 'remapped' : 'held';
};
