import type { EventRef } from './claim';

/** An event by one text, for maps. An event's id alone is not enough: a sender's own id may come with two leads. No lead's id has a slash. */
export const eventRefKey = ({ leadId, eventId }: EventRef): string => `${leadId}/${eventId}`;
