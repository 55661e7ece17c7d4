import { DynamoDBServiceException, PutItemCommand, QueryCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, PutObjectCommand, S3ServiceException } from '@aws-sdk/client-s3';
import { GetSecretValueCommand, SecretsManagerServiceException } from '@aws-sdk/client-secrets-manager';
import { SendEmailCommand, SESServiceException } from '@aws-sdk/client-ses';
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  SendMessageCommand,
  SQSServiceException,
} from '@aws-sdk/client-sqs';
import { isLeadKey } from '../../shared/aws/table-keys';
import { mailedEvent } from '../mailed-event';
import { names, perform, type Cloud, type Send } from './cloud';
import type { Hold } from './journal';
import type { Random } from './random';
import type { Faults } from './scenario';
import type { Timeline } from './timeline';

/** A copy of a function while it runs one invocation. */
export class Worker {
  state: 'running' | 'done' | 'dead' = 'running';
  endedAt = Infinity;

  constructor(
    readonly name: string,
    readonly skewMs: number,
    readonly startedAt: number,
    readonly onDeath: (why: string) => void,
  ) {}
}

/**
 * What can go wrong with one call. `crash`: the worker is gone. `error`: it gets an error, or waits in vain. Before: nothing
 * happened. After: it did. The SDK tries again after an error, but not when the call was denied, something was thrown that
 * is no service's error, or the body broke off after its headers.
 */
export const faultKinds = [
  'crash-before',
  'crash-after',
  'error-before',
  'error-after',
  'no-answer',
  'slow',
  'stall',
  'denied',
  'thrown',
  'body-cut',
  'mail-refused',
  'mail-throttled',
  'mail-error',
] as const;

export type FaultKind = (typeof faultKinds)[number];

/** Whatever was on the wire when a caller gave up or died arrives within this time, or never. */
export const lateMs = 2_000;

/** How far a clock is off at most, either way: two clocks differ by twice that. */
export const skewMs = 1_000;

export type Wire = Readonly<{
  cloud: Cloud;
  timeline: Timeline;
  random: Random;
  /** None, once the storm is over. */
  faults: () => Faults | undefined;
  kill: (worker: Worker, why: string) => void;
  /** Around each effect, so that what it changes is known as this worker's. */
  asWorker: (worker: Worker, call: Call, effect: () => object) => object;
  holdOf: (eventId: string, worker: Worker) => Hold | undefined;
  onFault: (worker: Worker, kind: FaultKind, call: Call) => void;
  onCall: (worker: Worker, call: Call, outcome: string) => void;
  /** Whether the worker dies of this call before it is made. */
  isDeadly: (call: Call) => boolean;
}>;

/** `about`: the event or key that the call is about, where the command tells it; `hold`: the claim under which it is made. */
export type Call = Readonly<{ what: string; about: string; hold: Hold | undefined }>;

/** Calls of one worker, through a wire on which anything may happen; retries transient errors as the SDK does. */
export const sendOver =
  (wire: Wire, worker: Worker): Send =>
  (command, { maxAttempts, requestHandler: { requestTimeout }, retryStrategy }) =>
    new Promise((resolve, reject) => {
      const described = describe(command);
      const call = { ...described, hold: wire.holdOf(described.about, worker) };
      const { timeline, random, cloud } = wire;

      const land = (): { answer: object } | { error: Error } | undefined => {
        if (worker.state === 'dead' && timeline.now > worker.endedAt + lateMs) return undefined;
        try {
          const answer = wire.asWorker(worker, call, () => perform(cloud, command));
          wire.onCall(worker, call, worker.state === 'running' ? 'ok' : `ok, after the worker was ${worker.state}`);
          return { answer };
        } catch (error) {
          wire.onCall(worker, call, error instanceof Error ? error.name : 'failed');
          return { error: error instanceof Error ? error : new Error(String(error)) };
        }
      };

      const attempt = (number: number): void => {
        if (worker.state !== 'running') return;
        const final = (error: Error): void => {
          if (worker.state === 'running') reject(error);
        };
        const transient = (error: Error, attempts = retryStrategy === undefined ? maxAttempts : 1): void => {
          if (worker.state !== 'running') return;
          if (number >= attempts) return void reject(error);
          timeline.after(random.between(0, 100 * 2 ** number), () => attempt(number + 1));
        };
        const answer = (landed: ReturnType<typeof land>): void => {
          if (worker.state !== 'running' || landed === undefined) return;
          if ('answer' in landed) resolve(landed.answer);
          else reject(landed.error);
        };
        const answered = (): void => answer(land());

        const latency = random.between(2, 40);
        if (wire.isDeadly(call)) {
          timeline.after(latency, () => wire.kill(worker, `poison at ${call.what}`));
          return;
        }
        const kind = chooseFault(random, wire.faults(), call);
        if (kind === undefined) {
          timeline.after(latency, answered);
          return;
        }
        wire.onFault(worker, kind, call);
        switch (kind) {
          case 'crash-before':
            timeline.after(latency, () => wire.kill(worker, `crash before ${call.what}`));
            return;
          case 'crash-after':
            timeline.after(latency, () => {
              if (worker.state === 'running') land();
              wire.kill(worker, `crash after ${call.what}`);
            });
            return;
          case 'error-before':
            timeline.after(latency, () => transient(serviceError(command, 'ServiceUnavailable', 503)));
            return;
          case 'error-after':
            timeline.after(latency, () => {
              land();
              transient(serviceError(command, 'InternalServerError', 500));
            });
            return;
          case 'no-answer': {
            if (random.chance(0.7)) timeline.after(random.between(2, requestTimeout + lateMs), () => void land());
            timeline.after(requestTimeout, () => transient(named('TimeoutError')));
            return;
          }
          case 'slow':
            timeline.after(random.between(500, requestTimeout - 1), answered);
            return;
          case 'stall': {
            // Not the wire but the worker stands still, so that its own time-outs do too: only its end ends it.
            const stallMs = random.between(5_000, 40_000);
            let landed: ReturnType<typeof land>;
            timeline.after(random.between(2, stallMs), () => {
              landed = land();
            });
            timeline.after(stallMs, () => answer(landed));
            return;
          }
          case 'denied':
            timeline.after(latency, () => final(serviceError(command, 'AccessDenied', 403)));
            return;
          case 'thrown':
            final(new TypeError('not what a service says'));
            return;
          case 'body-cut':
            timeline.after(latency, () => {
              const landed = land();
              answer(landed !== undefined && 'answer' in landed ? { answer: withoutEnd(landed.answer) } : landed);
            });
            return;
          case 'mail-refused':
            timeline.after(latency, () => final(serviceError(command, 'MessageRejected', 400)));
            return;
          case 'mail-throttled':
            timeline.after(latency, async () => {
              transient(serviceError(command, 'Throttling', 400), await retryStrategy?.maxAttempts());
            });
            return;
          case 'mail-error':
            // Nobody knows whether SES took it.
            timeline.after(latency, () => {
              if (random.chance(0.5)) land();
              transient(serviceError(command, 'InternalFailure', 500));
            });
            return;
        }
      };

      attempt(1);
    });

const chooseFault = (random: Random, faults: Faults | undefined, { what }: Call): FaultKind | undefined => {
  if (faults === undefined || faults.only?.includes(what) === false || !random.chance(faults.rate)) return undefined;
  if (what === 'send-mail' && random.chance(0.35)) return random.pick(['mail-refused', 'mail-throttled', 'mail-error']);
  if (random.chance(faults.crashShare)) return random.pick(['crash-before', 'crash-after']);
  if (random.chance(faults.silentShare)) return 'no-answer';
  if (what.startsWith('get-') && random.chance(0.2)) return 'body-cut';
  return random.pick(['error-before', 'error-after', 'slow', 'stall', random.pick(['denied', 'thrown'])]);
};

const named = (name: string): Error => Object.assign(new Error(name), { name });

/** What the SDK throws: what our adapters know errors by is their class and status. */
const serviceError = (command: object, name: string, httpStatusCode: number): Error => {
  const ServiceException = exceptionOf(command);
  const $fault = httpStatusCode < 500 ? 'client' : 'server';
  return new ServiceException({ name, $fault, message: name, $metadata: { httpStatusCode } });
};

const sqsCommands = [
  SendMessageCommand,
  DeleteMessageCommand,
  ChangeMessageVisibilityCommand,
  GetQueueAttributesCommand,
];

const exceptionOf = (command: object) => {
  if (command instanceof SendEmailCommand) return SESServiceException;
  if (command instanceof GetObjectCommand || command instanceof PutObjectCommand) return S3ServiceException;
  if (sqsCommands.some((type) => command instanceof type)) return SQSServiceException;
  return command instanceof GetSecretValueCommand ? SecretsManagerServiceException : DynamoDBServiceException;
};

/** An object whose headers came, and whose body breaks off while it is read. */
const withoutEnd = (answer: object): object => ({
  ...answer,
  Body: { transformToString: () => Promise.reject(Object.assign(new Error('aborted'), { code: 'ECONNRESET' })) },
});

const describe = (command: object): Omit<Call, 'hold'> => {
  if (command instanceof UpdateItemCommand) {
    const sk = command.input.Key?.sk?.S ?? '';
    if (isLeadKey(sk)) return { what: 'save-lead', about: command.input.Key?.pk?.S ?? '' };
    const state = command.input.ExpressionAttributeValues?.[':set_state']?.S;
    const about = sk.replace('EVENT#', '');
    if (state === 'CLAIMED') return { what: 'claim', about };
    if (state === 'NOTIFIED') return { what: 'mark', about };
    // A worker counts its attempts; the reconciler, which gives up what no worker could, does not.
    if (state === 'FAILED' && ':set_attempts' in (command.input.ExpressionAttributeValues ?? {})) {
      return { what: 'give-up', about };
    }
    if (':set_repeated_at' in (command.input.ExpressionAttributeValues ?? {})) return { what: 'queue-again', about };
    if (state === undefined && ':set_taken_at' in (command.input.ExpressionAttributeValues ?? {}))
      return { what: 'take-up', about };
    return {
      what: command.input.UpdateExpression?.includes('#requeued_at') ? 'mark-requeued' : 'record-failure',
      about,
    };
  }
  if (command instanceof PutItemCommand) {
    return { what: 'record', about: (command.input.Item?.sk?.S ?? '').replace('EVENT#', '') };
  }
  if (command instanceof PutObjectCommand) {
    return { what: command.input.Bucket === names.raw ? 'put-raw' : 'put-enriched', about: command.input.Key ?? '' };
  }
  if (command instanceof GetObjectCommand) {
    return { what: command.input.Bucket === names.raw ? 'get-raw' : 'get-owner', about: command.input.Key ?? '' };
  }
  if (command instanceof SendEmailCommand) {
    return { what: 'send-mail', about: mailedEvent(command.input.Message?.Body?.Text?.Data ?? '') ?? '' };
  }
  if (command instanceof SendMessageCommand) return { what: 'enqueue', about: command.input.MessageBody ?? '' };
  if (command instanceof ChangeMessageVisibilityCommand) {
    return { what: 'postpone', about: `${command.input.VisibilityTimeout ?? 0} s` };
  }
  if (command instanceof DeleteMessageCommand) return { what: 'delete-message', about: '' };
  if (command instanceof GetQueueAttributesCommand) return { what: 'read-load', about: '' };
  if (command instanceof QueryCommand) {
    return { what: command.input.IndexName === undefined ? 'find-records' : 'find-pending', about: '' };
  }
  return { what: 'read-sources', about: '' };
};
