/** One delivery of a message to a worker. */
export type Attempt = Readonly<{
  /** Unique to the attempt. Another attempt cannot release the claim that has this id. */
  claimId: string;
  /**
   * How long the worker may still run, in milliseconds. Lambda ends it then, so that its claim need not last longer.
   */
  remainingMs: () => number;
  /** How many times the message was received, this time included, in all queues. */
  receiveCount: number;
  /** The queue that the message came from. */
  queueUrl: string;
  /** SQS receipt handle of this delivery. */
  receiptHandle: string;
}>;
