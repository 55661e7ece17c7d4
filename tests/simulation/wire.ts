// This file is long because `sendOver` is one state machine: every fault of a call needs the state of its attempt.
import { BatchGetItemCommand } from '@aws-sdk/client-dynamodb';
import { type ChangeMessageVisibilityBatchCommand } from '@aws-sdk/client-sqs';
import { ObjectBody } from './bucket';
import { describe, type Described, exceptionOf } from './calls';
import type { Send } from './clients';
import { type Answer, type Cloud, perform } from './cloud';
import { type Fault, type FaultKind, lateMs } from './faults';
import type { Hold } from './journal';
import type { Random } from './random';
import type { Timeline } from './timeline';
import type { Worker } from './worker';

export type Wire = Readonly<{
  cloud: Cloud;
  timeline: Timeline;
  random: Random;
  /** Chooses the fault of a call, or none. */
  faultFor: (call: Call, worker: Worker) => Fault | undefined;
  kill: (worker: Worker, why: string) => void;
  /** Runs the effect of a call as the work of this worker. */
  asWorker: (worker: Worker, call: Call, effect: () => Answer) => Answer;
  holdOf: (eventId: string, worker: Worker) => Hold | undefined;
  onFault: (worker: Worker, fault: Fault, call: Call) => void;
  /** A fault reached the deployed code or its SDK. A kind of fault that never does tests nothing. */
  onEffect: (kind: FaultKind) => void;
  onCall: (worker: Worker, call: Call, outcome: string) => void;
  /** Whether the worker dies of this call before it is made. */
  isDeadly: (call: Call) => boolean;
}>;

/** `hold`: the claim under which the call is made. `requestTimeoutMs`: how long its caller still waits. */
export type Call = Described & Readonly<{ hold: Hold | undefined; requestTimeoutMs: number }>;

type Landed = Readonly<{ answer: Answer } | { error: Error }>;

/** Sends the calls of one worker, with faults. Retries transient errors as the SDK does. */
export const sendOver =
  (wire: Wire, worker: Worker): Send =>
  (command, { maxAttempts, requestHandler: { requestTimeout }, retryStrategy, isTotal = false }) =>
    new Promise((resolve, reject) => {
      const described = describe(command);
      const { timeline, random, cloud } = wire;
      const begunAt = timeline.now;

      const attempt = (number: number): void => {
        if (worker.state !== 'running') return;
        const requestTimeoutMs = Math.max(0, requestTimeout - (isTotal ? timeline.now - begunAt : 0));
        const call = { ...described, hold: wire.holdOf(described.about, worker), requestTimeoutMs };
        const fault = wire.faultFor(call, worker);

        /** Executes the command, unless its worker has ended more than `lateMs` ago. */
        const land = (): Landed | undefined => {
          if (worker.state !== 'running' && timeline.now > worker.endedAt + lateMs) return undefined;
          try {
            const answer = wire.asWorker(worker, call, () => perform(cloud, command));
            wire.onCall(worker, call, worker.state === 'running' ? 'ok' : `ok, after the worker was ${worker.state}`);
            return { answer };
          } catch (error) {
            wire.onCall(worker, call, error instanceof Error ? error.name : 'failed');
            return { error: error instanceof Error ? error : new Error(String(error)) };
          }
        };
        /** Counts the fault if its worker still runs. */
        const met = (): boolean => {
          if (worker.state !== 'running') return false;
          if (fault !== undefined) wire.onEffect(fault.kind);
          return true;
        };
        const final = (error: Error): void => {
          if (met()) reject(error);
        };
        const transient = (error: Error, attempts = retryStrategy === undefined ? maxAttempts : 1): void => {
          if (!met()) return;
          const pauseMs = random.between(0, 100 * 2 ** number);
          if (number >= attempts || (isTotal && timeline.now + pauseMs - begunAt >= requestTimeout)) reject(error);
          else timeline.after(pauseMs, () => attempt(number + 1));
        };
        const answer = (landed: Landed | undefined): void => {
          if (worker.state !== 'running' || landed === undefined) return;
          if ('answer' in landed) resolve(landed.answer);
          else reject(landed.error);
        };
        const kill = (why: string): void => {
          met();
          wire.kill(worker, why);
        };

        const latency = random.between(2, 40);
        if (wire.isDeadly(call)) {
          timeline.after(latency, () => wire.kill(worker, `poison at ${call.what}`));
          return;
        }
        if (fault === undefined) {
          timeline.after(latency, () => answer(land()));
          return;
        }
        wire.onFault(worker, fault, call);
        switch (fault.kind) {
          case 'crash-before':
            timeline.after(latency, () => kill(`crash before ${call.what}`));
            return;
          case 'crash-after':
            timeline.after(latency, () => {
              if (worker.state === 'running') land();
              kill(`crash after ${call.what}`);
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
          case 'no-answer':
            if (fault.landsAfterMs !== undefined) timeline.after(fault.landsAfterMs, () => void land());
            timeline.after(requestTimeoutMs, () => transient(named('TimeoutError')));
            return;
          case 'slow':
            timeline.after(fault.afterMs, () => {
              const landed = land();
              if (met()) answer(landed);
            });
            return;
          case 'stall': {
            // The worker is frozen, and its time-outs with it, so that the call ends only with the stall.
            let landed: Landed | undefined;
            timeline.after(fault.landsAfterMs, () => {
              landed = land();
            });
            timeline.after(fault.afterMs, () => {
              if (met()) answer(landed);
            });
            return;
          }
          case 'denied':
            timeline.after(latency, () => final(serviceError(command, 'AccessDenied', 403)));
            return;
          case 'thrown':
            final(new TypeError('not an error of a service'));
            return;
          case 'throttled':
            timeline.after(latency, () => transient(serviceError(command, 'ThrottlingException', 400)));
            return;
          case 'body-cut':
            timeline.after(latency, () => {
              const landed = land();
              answer(landed !== undefined && 'answer' in landed ? { answer: cutShort(landed.answer, met) } : landed);
            });
            return;
          case 'conflict':
            timeline.after(latency, () => final(serviceError(command, 'ConditionalRequestConflict', 409)));
            return;
          case 'unprocessed':
            timeline.after(latency, () => {
              if (met()) answer({ answer: unprocessed(command) });
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
            timeline.after(latency, () => {
              if (fault.isSent) land();
              transient(serviceError(command, 'InternalFailure', 500));
            });
            return;
          case 'mail-late': {
            let landed: Landed | undefined;
            timeline.after(fault.landsAfterMs, () => {
              landed = land();
            });
            if (fault.afterMs < requestTimeoutMs) {
              timeline.after(fault.afterMs, () => {
                if (met()) answer(landed);
              });
            } else timeline.after(requestTimeoutMs, () => transient(named('TimeoutError')));
            return;
          }
        }
      };

      attempt(1);
    });

const named = (name: string): Error => Object.assign(new Error(name), { name });

const serviceError = (command: object, name: string, httpStatusCode: number): Error => {
  const ServiceException = exceptionOf(command);
  const $fault = httpStatusCode < 500 ? 'client' : 'server';
  return new ServiceException({ name, $fault, message: name, $metadata: { httpStatusCode } });
};

/** An object whose headers arrived, and whose body breaks while it is read. */
const cutShort = (answer: Answer, onRead: () => void): Answer =>
  'Body' in answer && answer.Body instanceof ObjectBody ? { ...answer, Body: answer.Body.cutShort(onRead) } : answer;

/** The answer to a batch of which the service processed nothing. */
const unprocessed = (command: object): Answer => {
  if (command instanceof BatchGetItemCommand) return { Responses: {}, UnprocessedKeys: command.input.RequestItems };
  const { Entries = [] } = (command as ChangeMessageVisibilityBatchCommand).input;
  return {
    Successful: [],
    Failed: Entries.map(({ Id }) => ({ Id, SenderFault: false, Code: 'InternalError' })),
  };
};
