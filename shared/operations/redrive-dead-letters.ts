import type { EventRef } from '../lead/event-ref';
import type { Choice } from './choose-dead-letters';
import { isRefresh, recordedEventOf } from './dead-letter';
import type { Pace } from './pace';
import { type DeadLetterPorts, type Process, processDeadLetters, type ProcessingReport } from './process-dead-letters';
import { withProgressReport } from './unfinished';

export type RedrivePorts = DeadLetterPorts &
  Readonly<{
    /** Records that an operator redrives the event, which allows it as many mails as a new event. */
    noteRedrive: (event: EventRef) => Promise<void>;
    /** `refused`: SQS refuses the body, and would refuse it again. */
    send: (body: string) => Promise<'sent' | 'refused'>;
    pace: Pace;
  }>;

export type RedriveReport = ProcessingReport & Readonly<{ redriven: number; refused: number }>;

/**
 * Sends the chosen dead letters to be enriched at once, one by one. A message is sent before it is removed from the
 * dead-letter queue. An interruption in between leaves it in both queues, and the claim deduplicates the two messages.
 * A message that SQS refuses stays in the dead-letter queue, and the redrive continues with the next one.
 *
 * @returns how many messages were redriven and how many SQS refused
 * @throws an Unfinished with the counts `redriven` and `chosen` if a port fails; an Interrupted before the first one
 */
export const redriveDeadLetters = async (ports: RedrivePorts, choice: Choice): Promise<RedriveReport> => {
  let redriven = 0;
  let refused = 0;
  let chosen = 0;
  const process: Process = async (deadLetter, chosenCount, keepHidden) => {
    chosen = chosenCount;
    await ports.pace(keepHidden);
    if (ports.isInterrupted()) return 'kept';
    const event = recordedEventOf(deadLetter);
    // A refresh sends no mail, so there is no mail to allow.
    if (event !== undefined && !isRefresh(deadLetter)) await ports.noteRedrive(event);
    if ((await ports.send(deadLetter.message.body)) === 'refused') {
      refused += 1;
      return 'kept';
    }
    await ports.queue.remove(deadLetter.message);
    ports.onProgress('redriven', (redriven += 1), chosenCount);
    return 'removed';
  };
  const report = await withProgressReport(
    () => ({ redriven, chosen }),
    () => processDeadLetters(ports, choice, process),
  );
  return { ...report, redriven, refused };
};
