/**
 * The event that the address names, or the newest one if it names none. An event that is not there is not replaced by
 * another: the actions would be for an event that the user did not open.
 *
 * @param events newest first
 */
export const chosenEvent = <Event extends Readonly<{ event_id: string }>>(
  events: readonly Event[],
  wanted: string | undefined,
): Event | undefined => (wanted === undefined ? events[0] : events.find(({ event_id }) => event_id === wanted));
