import { createInterface } from 'node:readline/promises';

/**
 * Asks the person at the terminal.
 *
 * @param interruption also ends the question: a signal may come from elsewhere
 */
export const ask = async (question: string, interruption: AbortSignal): Promise<'yes' | 'no' | 'interrupted'> => {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await new Promise<'yes' | 'no' | 'interrupted'>((resolve) => {
      const interrupted = () => resolve('interrupted');
      // The terminal is read key by key now: Ctrl-C is no signal but this event, and Ctrl-D closes.
      terminal.once('SIGINT', interrupted);
      terminal.once('close', interrupted);
      interruption.addEventListener('abort', interrupted);
      if (interruption.aborted) interrupted();
      terminal.question(question).then((text) => resolve(/^y(es)?$/i.test(text.trim()) ? 'yes' : 'no'), interrupted);
    });
    // The cursor is still behind the question.
    if (answer === 'interrupted') process.stderr.write('\n');
    return answer;
  } finally {
    terminal.close();
  }
};
