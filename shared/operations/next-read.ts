/**
 * How long to wait before something is read again that is read at most once in a time. The clock of the machine can jump:
 * the wait is never longer than that time.
 *
 * @param readAt when it was read the latest time; all times are milliseconds
 */
export const waitBeforeReading = (everyMs: number, readAt: number, now: number): number =>
  Math.min(everyMs, Math.max(0, readAt + everyMs - now));
