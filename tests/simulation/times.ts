export const second = 1000;
export const day = 86_400 * second;

/** When each story begins, in milliseconds since 1970. */
export const start = Date.parse('2026-01-31T12:00:00.000Z');

/** The time-outs of template.yaml. */
export const functionTimeoutMs = {
  ingestion: 29 * second,
  enrichment: 30 * second,
  reconciliation: 60 * second,
} as const;

/** How long the queues of template.yaml keep a message. */
export const retentionMs = { delay: 13 * day, deadLetters: 14 * day } as const;
