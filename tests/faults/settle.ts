import {
  GetFunctionConfigurationCommand,
  InvokeCommand,
  type LambdaClient,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { setTimeout as wait } from 'node:timers/promises';
import type { Stack } from '../stack/cloud';

/** The number of messages in both queues of enrichment: visible, in flight and delayed. */
export const queued = async (stack: Stack): Promise<number> =>
  (await queuedIn(stack, stack.outputs.DelayQueueUrl)) + (await queuedIn(stack, stack.outputs.RetryQueueUrl));

const queuedIn = async ({ sqs }: Stack, QueueUrl: string): Promise<number> => {
  const { Attributes = {} } = await sqs.send(
    new GetQueueAttributesCommand({
      QueueUrl,
      AttributeNames: [
        'ApproximateNumberOfMessages',
        'ApproximateNumberOfMessagesNotVisible',
        'ApproximateNumberOfMessagesDelayed',
      ],
    }),
  );
  return Object.values(Attributes).reduce((sum, number) => sum + Number(number), 0);
};

/** The number of events that are neither finished nor given up. */
const pending = async (stack: Stack): Promise<number> =>
  (await stack.items()).filter(({ state }) => state === 'RECEIVED' || state === 'CLAIMED').length;

type Waiting = Readonly<{ say: (line: string) => void; signal: AbortSignal }>;

/** Waits until the queues are empty. Every message is then acknowledged, or in the dead-letter queue. */
export const queueEmpty = async (stack: Stack, { say, signal }: Waiting): Promise<void> => {
  let shownAt = Date.now();
  // Twice, because a message that is being received may be in no count.
  for (let empty = 0; empty < 2;) {
    const left = await queued(stack);
    empty = left === 0 ? empty + 1 : 0;
    if (Date.now() - shownAt > 15_000) {
      shownAt = Date.now();
      say(`  ${left} messages to go`);
    }
    await wait(500, undefined, { signal });
  }
};

/** Runs the reconciler until no event is pending and the queues are empty. */
export const reconcileAll = async (stack: Stack, waiting: Waiting): Promise<number> => {
  let requeued = 0;
  for (let left = await pending(stack); left > 0; left = await pending(stack)) {
    const run = await invokeReconciler(stack);
    requeued += run.requeued;
    if (run.requeued > 0) waiting.say(`  the reconciler queued ${run.requeued} of ${left} unfinished events`);
    await queueEmpty(stack, waiting);
    await wait(2_000, undefined, { signal: waiting.signal });
  }
  return requeued;
};

const reconciler = ({ stackName }: Stack): string => `${stackName}-ReconcileFunction`;
const enrichment = ({ stackName }: Stack): string => `${stackName}-EnrichmentFunction`;

const invokeReconciler = async (stack: Stack): Promise<Readonly<{ requeued: number }>> => {
  const { Payload, FunctionError } = await stack.lambda.send(
    new InvokeCommand({ FunctionName: reconciler(stack), Payload: '{}' }),
  );
  const text = Buffer.from(Payload ?? []).toString('utf8');
  if (FunctionError !== undefined) throw new Error(`ReconcileFunction failed: ${text}`);
  return JSON.parse(text) as Readonly<{ requeued: number }>;
};

/**
 * Shortens the pause after an unconfirmed mail, so that a test can wait for it. The template has no parameter for the
 * pause, so that this changes the environment of the deployed function. Call it before the storm, because a pause that
 * has begun cannot be shortened.
 */
export const shortenPause = (stack: Stack): Promise<void> =>
  changeEnvironment(stack.lambda, enrichment(stack), { UNCONFIRMED_PAUSE_SECONDS: '5' });

/** Shortens the reconciler's patience. It stays longer than a lease (35 s), as in production. */
export const shortenPatience = (stack: Stack): Promise<void> =>
  changeEnvironment(stack.lambda, reconciler(stack), { STUCK_AFTER_SECONDS: '40' });

const changeEnvironment = async (
  lambda: LambdaClient,
  FunctionName: string,
  changes: Readonly<Record<string, string>>,
): Promise<void> => {
  const { Environment } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
  await lambda.send(
    new UpdateFunctionConfigurationCommand({
      FunctionName,
      Environment: { Variables: { ...Environment?.Variables, ...changes } },
    }),
  );
};
