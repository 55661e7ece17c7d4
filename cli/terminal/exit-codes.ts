/** What a shell, or a script, can go by. */
export const exitCodes = { ok: 0, failed: 1, usage: 2, nothingMatched: 3, declined: 4, interrupted: 130 } as const;
