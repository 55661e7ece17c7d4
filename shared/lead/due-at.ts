/**
 * When the message of an event can first be received.
 *
 * @param receivedAt when the event was received, an instant in UTC
 * @param delaySeconds the delay of the queue
 * @returns an instant in UTC
 */
export const dueAt = (receivedAt: string, delaySeconds: number): string =>
  new Date(Date.parse(receivedAt) + delaySeconds * 1000).toISOString();
