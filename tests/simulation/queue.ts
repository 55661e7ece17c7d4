import * as E from 'fp-ts/Either';
import { parseJson } from '../../shared/lead/json-text';

export type Message = {
  readonly queue: Queue;
  readonly id: string;
  readonly body: string;
  visibleAt: number;
  receiveCount: number;
};

export type Delivered = Readonly<{ messageId: string; receiptHandle: string; body: string; receiveCount: number }>;

export type QueueSettings = Readonly<{
  delayMs: number;
  visibilityMs: number;
  /** How often a message is handed out before it goes to the dead-letter queue. */
  maxReceives: number;
}>;

/** An SQS standard queue, in memory, and the dead-letter queue that it may share with others. Who is served, and in which order, is its caller's choice. */
export class Queue {
  readonly messages = new Map<string, Message>();
  #sent = 0;

  constructor(
    readonly settings: QueueSettings,
    readonly now: () => number,
    /** Whether SQS takes a receipt handle though it has handed out the message again since: it may, or may not. */
    readonly takesStale: () => boolean = () => true,
    readonly deadLetters = new Map<string, Message>(),
    /** Begins the ids of its messages. */
    readonly name = 'm',
  ) {}

  send(body: string, delayMs = this.settings.delayMs): Message {
    const message = {
      queue: this,
      id: `${this.name}${(this.#sent += 1)}`,
      body,
      visibleAt: this.now() + delayMs,
      receiveCount: 0,
    };
    this.messages.set(message.id, message);
    return message;
  }

  /** Messages that may be handed out now; those that were handed out often enough leave for the dead-letter queue. */
  visible(): readonly Message[] {
    const due = [...this.messages.values()].filter(({ visibleAt }) => visibleAt <= this.now());
    for (const message of due.filter((one) => this.#isSpent(one))) {
      this.messages.delete(message.id);
      this.deadLetters.set(message.id, message);
    }
    return due.filter((message) => !this.#isSpent(message));
  }

  deliver(message: Message): Delivered {
    message.receiveCount += 1;
    message.visibleAt = this.now() + this.settings.visibilityMs;
    return {
      messageId: message.id,
      receiptHandle: `${message.id}/${message.receiveCount}`,
      body: message.body,
      receiveCount: message.receiveCount,
    };
  }

  /** What `GetQueueAttributes` counts; a message that is still delayed is neither. */
  get load(): Readonly<{ waiting: number; inFlight: number }> {
    const messages = [...this.messages.values()];
    return {
      waiting: messages.filter(({ visibleAt }) => visibleAt <= this.now()).length,
      inFlight: messages.filter(({ visibleAt, receiveCount }) => visibleAt > this.now() && receiveCount > 0).length,
    };
  }

  /** @returns the message, unless it is gone */
  changeVisibility(receiptHandle: string, seconds: number): Message | undefined {
    const message = this.#handedOut(receiptHandle);
    if (message !== undefined) message.visibleAt = this.now() + seconds * 1000;
    return message;
  }

  delete(receiptHandle: string): void {
    const message = this.#handedOut(receiptHandle);
    if (message !== undefined) this.messages.delete(message.id);
  }

  #handedOut(receiptHandle: string): Message | undefined {
    const [id = '', receive] = receiptHandle.split('/');
    const message = this.messages.get(id);
    if (message === undefined || message.receiveCount === Number(receive)) return message;
    return this.takesStale() ? message : undefined;
  }

  #isSpent({ receiveCount }: Message): boolean {
    return receiveCount >= this.settings.maxReceives;
  }
}

/** What a message says, whoever made it. */
export const bodyOf = (body: string): { s3_key?: string; lead_id?: string; intent?: string } => {
  const json = parseJson(body);
  return E.isRight(json) ? (json.right as { s3_key?: string }) : {};
};
