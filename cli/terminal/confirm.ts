import { Problem } from '../problems/problem';
import type { Session } from '../session';
import { ask } from './ask';

/**
 * Asks the operator to confirm.
 *
 * @param verb what a yes does, such as `Discard`
 * @param count to how many
 * @param participle what a no does not do, such as `discarded`
 * @throws a Problem if standard input is not a terminal, or the answer is not yes
 */
export const confirm = async (
  { interruption, clear }: Pick<Session, 'interruption' | 'clear'>,
  verb: string,
  count: number,
  participle: string,
): Promise<void> => {
  if (!process.stdin.isTTY)
    throw new Problem(
      'nobody-to-ask',
      `This command asks for confirmation, but its standard input is not a terminal. Nothing was ${participle}. Add --yes.`,
    );
  clear();
  switch (await ask(`${verb} ${count}? [y/N] `, interruption)) {
    case 'yes':
      return;
    case 'no':
      throw new Problem('declined', `Nothing ${participle}.`);
    case 'interrupted':
      throw new Problem('interrupted', `Interrupted. Nothing ${participle}.`);
  }
};
