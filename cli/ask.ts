import { createInterface } from 'node:readline/promises';

/**
 * Asks the person at the terminal.
 *
 * @param interruption also ends the question: a signal may come from elsewhere
 */
export const ask = async (question: string, interruption: AbortSignal): Promise<'yes' | 'no' | 'interrupted'> => {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await new Promise((resolve) => {
      const interrupted = () => resolve('interrupted');
      // The terminal is read key by key now: Ctrl-C is no signal but this event, and Ctrl-D closes.
      terminal.once('SIGINT', interrupted);
      terminal.once('close', interrupted);
      interruption.addEventListener('abort', interrupted);
      if (interruption.aborted) interrupted();
      terminal
        .question(question)
        .then((answer) => resolve(/^y(es)?$/i.test(answer.trim()) ? 'yes' : 'no'), interrupted);
    });
  } finally {
    terminal.close();
  }
};
