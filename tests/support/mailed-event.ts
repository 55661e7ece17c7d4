/** The event id of a mail, which has it on a line of its own (`EnrichmentFunction/mail.ts`). */
export const mailedEvent = (mailText: string): string | undefined => /^Event: ([0-9a-f]{64})$/m.exec(mailText)?.[1];
