import type { Choice } from './choose-dead-letters';
import { type DeadLetterPorts, processDeadLetters, type ProcessingReport } from './process-dead-letters';

/** Lists the chosen dead letters, oldest first. Changes nothing. Throws as `processDeadLetters` does. */
export const listDeadLetters = async (ports: DeadLetterPorts, choice: Choice): Promise<ProcessingReport> => {
  const { chosen, ...rest } = await processDeadLetters(ports, choice, () => Promise.resolve('kept'));
  return { ...rest, chosen: [...chosen].sort((a, b) => a.message.sentAt.getTime() - b.message.sentAt.getTime()) };
};
