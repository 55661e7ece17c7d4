import { createInterface } from 'node:readline/promises';

/**
 * Asks a question at the terminal. Only `y` and `yes` are a yes.
 *
 * @param interruption also ends the question, because a signal may come from another process
 */
export const ask = async (question: string, interruption: AbortSignal): Promise<'yes' | 'no' | 'interrupted'> => {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await new Promise<'yes' | 'no' | 'interrupted'>((resolve) => {
      const interrupted = () => resolve('interrupted');
      // readline reads key by key, so Ctrl-C is not a signal but this event, and Ctrl-D closes.
      terminal.once('SIGINT', interrupted);
      terminal.once('close', interrupted);
      interruption.addEventListener('abort', interrupted);
      if (interruption.aborted) interrupted();
      terminal.question(question).then((text) => resolve(/^y(es)?$/i.test(text.trim()) ? 'yes' : 'no'), interrupted);
    });
    // The cursor is still on the line of the question.
    if (answer === 'interrupted') process.stderr.write('\n');
    return answer;
  } finally {
    terminal.close();
  }
};
