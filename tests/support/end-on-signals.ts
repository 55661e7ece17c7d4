/**
 * Cleans up before the process of a test run ends by a signal: jest calls no tear-down then.
 *
 * @param stop ends what the run started
 */
export const endOnSignals = (stop: () => Promise<void>): void => {
  for (const [signal, number] of Object.entries({ SIGINT: 2, SIGTERM: 15, SIGHUP: 1 })) {
    process.once(signal, () => void stop().finally(() => process.exit(128 + number)));
  }
};
