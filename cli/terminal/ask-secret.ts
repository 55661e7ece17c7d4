import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { Problem } from '../problems/problem';

/**
 * Asks for a secret at the terminal. What the user types is not shown.
 *
 * @throws a Problem if the question is interrupted
 */
export const askSecret = async (question: string, interruption: AbortSignal): Promise<string> => {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  process.stderr.write(question);
  const terminal = createInterface({ input: process.stdin, output: nowhere, terminal: true });
  try {
    return await new Promise<string>((resolve, reject) => {
      const interrupted = () => reject(new Problem('interrupted', 'Interrupted. Nothing was changed or sent.'));
      // readline reads key by key, so Ctrl-C is not a signal but this event, and Ctrl-D closes.
      terminal.once('SIGINT', interrupted);
      terminal.once('close', interrupted);
      interruption.addEventListener('abort', interrupted);
      terminal.question('').then(resolve, interrupted);
    });
  } finally {
    terminal.close();
    process.stderr.write('\n');
  }
};
