/** How old the functions' copy of the sources may be when they meet a new source or secret: `shared/aws/source-secrets.ts`. */
export const refreshSeconds = 30;

/** Whether a container may not know a secret that was stored at `storedAt`: for a minute, twice the age of a copy. */
export const mayBeUnknown = (storedAt: Date | undefined, now: Date): boolean =>
  storedAt !== undefined && now.getTime() - storedAt.getTime() < 2 * refreshSeconds * 1_000;

/**
 * How old that copy may become, in minutes. A removed secret is accepted for this time. For this time after `rotate`, the
 * log may call the old secret `first`, because it is the first one of the copy.
 */
export const removalMinutes = 5;

/** The instant from which no function has a copy of the sources that were replaced at `storedAt`. */
export const logCountsFrom = (storedAt: Date): Date => new Date(storedAt.getTime() + removalMinutes * 60_000);
