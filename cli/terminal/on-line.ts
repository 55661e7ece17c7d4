import { createInterface } from 'node:readline';

/**
 * Calls a listener for each line that is entered, until the signal aborts. The end of the input is no reason to end.
 *
 * @param input standard input, or another stream
 */
export const onLine = (input: NodeJS.ReadableStream, signal: AbortSignal, listener: () => void): void => {
  const lines = createInterface({ input, terminal: false });
  lines.on('line', listener);
  signal.addEventListener('abort', () => lines.close(), { once: true });
};
