import { dlqCommand } from '../../../../../cli/commands/dlq';
import type { OpenStack } from '../../../../../cli/stack/open-stack';
import type { DeadLetterMessage } from '../../../../../shared/operations/dead-letter';
import type { EventItem } from '../../../../../shared/stored/event-item';
import { operatorDouble } from '../../../shared/operations/operator-double';
import { running } from '../session-double';

/**
 * Runs `leadline dlq` on a stack with these events, and with these messages in its dead-letter queue.
 *
 * @param heldElsewhere how many more messages other consumers hold
 * @param changed functions of the stack that a test replaces
 */
export const dlqOn = (
  events: readonly EventItem[],
  messages: readonly DeadLetterMessage[],
  heldElsewhere = 0,
  changed: Partial<OpenStack> = {},
) => {
  const stack = operatorDouble(events, messages, heldElsewhere);
  const { ports } = stack;
  const run = running(
    {
      deadLetters: ports,
      scan: () => Promise.resolve({ events, unreadable: [] }),
      noteRedrive: ports.noteRedrive,
      sendBody: ports.send,
      discard: ports.discard,
      giveUpRefresh: ports.giveUpRefresh,
      ...changed,
    },
    dlqCommand,
  );
  return { ...stack, run };
};
