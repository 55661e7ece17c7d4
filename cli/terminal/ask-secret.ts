import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { Problem } from '../problems/problem';

/**
 * Asks the person at the terminal for a secret, and shows nothing of what is typed.
 *
 * @throws a Problem if it is interrupted
 */
export const askSecret = async (question: string, interruption: AbortSignal): Promise<string> => {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  process.stderr.write(question);
  const terminal = createInterface({ input: process.stdin, output: nowhere, terminal: true });
  try {
    return await new Promise<string>((resolve, reject) => {
      const interrupted = () => reject(new Problem('interrupted', 'Interrupted: nothing sent.'));
      // The terminal is read key by key now: Ctrl-C is no signal but this event, and Ctrl-D closes.
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
