import type { Session } from '../../session';
import { askSecret } from '../../terminal/ask-secret';

/** The variable from which `send` reads a secret. There is no such option: other users of a machine can see options. */
export const secretVariable = 'LEADLINE_SECRET';

/** The secret of the environment; empty if there is none. */
export const variableSecret = (): string => process.env[secretVariable] ?? '';

/** The secret that the user types at the terminal; empty without a terminal. */
export const typedSecret = ({ interruption }: Session, sourceId: string): Promise<string> =>
  process.stdin.isTTY ? askSecret(`Secret of source ${sourceId}: `, interruption) : Promise.resolve('');
