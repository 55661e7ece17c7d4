import * as E from 'fp-ts/Either';
import { parseJson } from '../../shared/codecs/json-text';

export type Message = {
  readonly queue: Queue;
  readonly id: string;
  readonly body: string;
  readonly sentAt: number;
  visibleAt: number;
  receiveCount: number;
};

export type Delivered = Readonly<{ messageId: string; receiptHandle: string; body: string; receiveCount: number }>;

export type QueueSettings = Readonly<{
  delayMs: number;
  visibilityMs: number;
  /** How often a message is received before it moves to the dead-letter queue. */
  maxReceives: number;
  /** The retention of a message, counted from its first sending, also if that was to another queue. */
  retentionMs: number;
}>;

export type Around = Readonly<{
  now: () => number;
  /** Whether SQS accepts a receipt handle after the message was received again. SQS guarantees neither. */
  takesStale?: () => boolean;
  /** The dead-letter queue. Several queues may share it. */
  deadLetters?: Queue;
  onExpired?: (message: Message) => void;
  /** Called when another queue moves a message to this one. */
  onAccepted?: (message: Message) => void;
}>;

/** An SQS standard queue in memory. Its caller chooses which visible messages it receives. */
export class Queue {
  readonly messages = new Map<string, Message>();
  readonly #around: Around;
  #sent = 0;

  /** @param name prefix of the ids of its messages */
  constructor(
    readonly name: string,
    readonly settings: QueueSettings,
    around: Around,
  ) {
    this.#around = around;
  }

  send(body: string, delayMs = this.settings.delayMs): Message {
    const now = this.#around.now();
    const message = {
      queue: this,
      id: `${this.name}${(this.#sent += 1)}`,
      body,
      sentAt: now,
      visibleAt: now + delayMs,
      receiveCount: 0,
    };
    this.messages.set(message.id, message);
    return message;
  }

  /** Messages that can be received now. Messages without a receive left move to the dead-letter queue. */
  visible(): readonly Message[] {
    const now = this.#around.now();
    const due: Message[] = [];
    for (const message of [...this.messages.values()]) {
      if (message.sentAt + this.settings.retentionMs < now) {
        this.messages.delete(message.id);
        this.#around.onExpired?.(message);
      } else if (message.visibleAt <= now) {
        if (message.receiveCount < this.settings.maxReceives) due.push(message);
        else {
          this.messages.delete(message.id);
          this.#around.deadLetters?.accept(message);
        }
      }
    }
    return due;
  }

  /** @param visibilityMs visibility timeout of this receive, instead of the queue's */
  deliver(message: Message, visibilityMs = this.settings.visibilityMs): Delivered {
    message.receiveCount += 1;
    message.visibleAt = this.#around.now() + visibilityMs;
    return {
      messageId: message.id,
      receiptHandle: `${message.id}/${message.receiveCount}`,
      body: message.body,
      receiveCount: message.receiveCount,
    };
  }

  /** The counts of `GetQueueAttributes`. A delayed message is in neither. */
  get load(): Readonly<{ waiting: number; inFlight: number }> {
    const now = this.#around.now();
    let [waiting, inFlight] = [0, 0];
    for (const { visibleAt, receiveCount } of this.messages.values()) {
      if (visibleAt <= now) waiting += 1;
      else if (receiveCount > 0) inFlight += 1;
    }
    return { waiting, inFlight };
  }

  /** @returns the message, or `undefined` if it was deleted */
  changeVisibility(receiptHandle: string, seconds: number): Message | undefined {
    const message = this.#handedOut(receiptHandle);
    if (message !== undefined) message.visibleAt = this.#around.now() + seconds * 1000;
    return message;
  }

  delete(receiptHandle: string): void {
    const message = this.#handedOut(receiptHandle);
    if (message !== undefined) this.messages.delete(message.id);
  }

  /** Takes over a message of another queue. Its retention still counts from its first sending. */
  accept(message: Message): void {
    const moved = { ...message, queue: this, visibleAt: this.#around.now(), receiveCount: 0 };
    this.messages.set(message.id, moved);
    this.#around.onAccepted?.(moved);
  }

  #handedOut(receiptHandle: string): Message | undefined {
    const [id = '', receive] = receiptHandle.split('/');
    const message = this.messages.get(id);
    if (message === undefined || message.receiveCount === Number(receive)) return message;
    return (this.#around.takesStale?.() ?? true) ? message : undefined;
  }
}

/** The fields of a message. A body that is not JSON has none. */
export const bodyOf = (body: string): { s3_key?: string; lead_id?: string; intent?: string } => {
  const json = parseJson(body);
  return E.isRight(json) ? (json.right as { s3_key?: string }) : {};
};
