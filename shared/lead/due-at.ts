/**
 * When the message of an event is due.
 *
 * @param receivedAt when the event was received, an instant in UTC
 * @param delaySeconds the delay of the queue
 */
export const dueAt = (receivedAt: string, delaySeconds: number): string =>
  new Date(Date.parse(receivedAt) + delaySeconds * 1000).toISOString();
