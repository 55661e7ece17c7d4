/**
 * Calls `stop` before a signal ends the process, because jest then calls no global tear-down.
 *
 * @param stop stops everything that the run started
 */
export const endOnSignals = (stop: () => Promise<void>): void => {
  for (const [signal, number] of Object.entries({ SIGINT: 2, SIGTERM: 15, SIGHUP: 1 })) {
    process.once(signal, () => void stop().finally(() => process.exit(128 + number)));
  }
};
