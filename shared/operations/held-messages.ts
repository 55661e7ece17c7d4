import type { DeadLetterMessage } from './dead-letter';
import type { DeadLetterQueue } from './dead-letter-queue';

/** The messages that a command has received and keeps hidden until it removes or releases them. */
export type HeldMessages = Readonly<{
  add: (messages: readonly DeadLetterMessage[]) => void;
  all: () => readonly DeadLetterMessage[];
  count: () => number;
  /** Keeps all of them hidden. Those that SQS cannot keep hidden are lost: they are no longer held. */
  keepHidden: () => Promise<void>;
  isLost: (message: DeadLetterMessage) => boolean;
  lostCount: () => number;
  /** Stops holding a message that was removed from the queue. */
  drop: (message: DeadLetterMessage) => void;
  /** Makes all of them visible again. Returns how many stay hidden for at most 5 minutes because SQS failed. */
  release: () => Promise<number>;
}>;

/** Begins with no messages. */
export const heldMessages = (queue: DeadLetterQueue): HeldMessages => {
  const held = new Map<string, DeadLetterMessage>();
  const lost = new Set<string>();
  const all = (): readonly DeadLetterMessage[] => [...held.values()];
  return {
    add: (messages) => {
      for (const message of messages) held.set(message.messageId, message);
    },
    all,
    count: () => held.size,
    keepHidden: async () => {
      for (const { messageId } of await queue.keepHidden(held.values())) {
        held.delete(messageId);
        lost.add(messageId);
      }
    },
    isLost: ({ messageId }) => lost.has(messageId),
    lostCount: () => lost.size,
    drop: ({ messageId }) => void held.delete(messageId),
    release: async () => (await queue.release(all())).length,
  };
};
