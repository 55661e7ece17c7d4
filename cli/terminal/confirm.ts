import { ask } from './ask';
import { Problem } from '../problems/problem';
import type { Session } from '../session';

/**
 * Asks the person at the terminal whether to go on.
 *
 * @param verb what happens after a yes, such as `Discard`
 * @param participle what did not happen after a no, such as `discarded`
 * @throws a Problem if there is no terminal, or the answer is not yes
 */
export const confirm = async (
  { interruption }: Pick<Session, 'interruption'>,
  verb: string,
  count: number,
  participle: string,
): Promise<void> => {
  if (!process.stdin.isTTY)
    throw new Problem('nobody-to-ask', 'This command asks before it acts, and there is no terminal: add --yes.');
  switch (await ask(`${verb} ${count}? [y/N] `, interruption)) {
    case 'yes':
      return;
    case 'no':
      throw new Problem('declined', `Nothing ${participle}.`);
    case 'interrupted':
      throw new Problem('interrupted', `Interrupted: nothing ${participle}.`);
  }
};
