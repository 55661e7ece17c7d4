/** The exit codes of `leadline`, for scripts. `docs/operations.md` explains each. */
export const exitCodes = { ok: 0, failed: 1, usage: 2, nothingMatched: 3, declined: 4, interrupted: 130 } as const;
