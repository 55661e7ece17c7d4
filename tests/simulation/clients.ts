import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SESClient } from '@aws-sdk/client-ses';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { Answer } from './cloud';

/** The settings of an SDK client that the simulation imitates: its time-out and its retries. */
export type ClientSettings = Readonly<{
  maxAttempts: number;
  requestHandler: Readonly<{ requestTimeout: number }>;
  /** Retries only after throttling (shared/aws/mailer.ts). */
  retryStrategy?: Readonly<{ maxAttempts: () => Promise<number> }>;
  /** Whether the time-out bounds all attempts together. */
  isTotal?: boolean;
}>;

/** Options of one call. */
type CallOptions = Readonly<{ requestTimeout?: number; abortSignal?: AbortSignal }>;

/** Sends a command to the cloud and returns its answer, with or without faults. */
export type Send = (command: object, settings: ClientSettings) => Promise<Answer>;

export type Clients = Readonly<{
  dynamodb: DynamoDBClient;
  s3: S3Client;
  sqs: SQSClient;
  ses: SESClient;
  secrets: SecretsManagerClient;
}>;

/**
 * Doubles of the SDK's clients. All code above them is the deployed code. Of the SDK they imitate only time-outs and
 * retries.
 */
export const clientsOver = (send: Send, settings: Readonly<Record<keyof Clients, ClientSettings>>): Clients => {
  const client = <A extends object>(prototype: A, own: ClientSettings): A =>
    Object.assign(Object.create(prototype) as A, {
      send: (command: object, { requestTimeout, abortSignal }: CallOptions = {}) =>
        send(command, {
          ...own,
          requestHandler: { requestTimeout: requestTimeout ?? own.requestHandler.requestTimeout },
          isTotal: abortSignal !== undefined,
        }),
    });
  return {
    dynamodb: client(DynamoDBClient.prototype, settings.dynamodb),
    s3: client(S3Client.prototype, settings.s3),
    sqs: client(SQSClient.prototype, settings.sqs),
    ses: client(SESClient.prototype, settings.ses),
    secrets: client(SecretsManagerClient.prototype, settings.secrets),
  };
};
