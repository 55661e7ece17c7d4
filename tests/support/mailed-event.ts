/** The event that a mail is about: each mail says it on a line of its own (`EnrichmentFunction/mail.ts`). */
export const mailedEvent = (mailText: string): string | undefined => /^Event: ([0-9a-f]{64})$/m.exec(mailText)?.[1];
