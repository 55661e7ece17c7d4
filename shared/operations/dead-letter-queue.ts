import type { DeadLetterMessage } from './dead-letter';

/** The dead-letter queue as operators use it. A message is hidden from other consumers while a command holds it. */
export type DeadLetterQueue = Readonly<{
  /** Approximate numbers of messages: visible to consumers, and hidden because a consumer has received them. */
  count: () => Promise<Readonly<{ visible: number; hidden: number }>>;
  /** Receives all visible messages, page by page. Each stays hidden until it is released, or for at most 5 minutes. */
  receiveAll: () => AsyncIterable<readonly DeadLetterMessage[]>;
  /**
   * Keeps received messages hidden. It costs nothing when it is called often: it reads `messages` and calls SQS only
   * when the visibility timeout is half over.
   *
   * @returns the messages that could not be kept hidden: another consumer may receive them
   */
  keepHidden: (messages: Iterable<DeadLetterMessage>) => Promise<readonly DeadLetterMessage[]>;
  /**
   * Makes received messages visible again at once.
   *
   * @returns the messages that stay hidden for at most 5 minutes because SQS failed
   */
  release: (messages: readonly DeadLetterMessage[]) => Promise<readonly DeadLetterMessage[]>;
  /** Deletes a message. */
  remove: (message: DeadLetterMessage) => Promise<void>;
}>;
