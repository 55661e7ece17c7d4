import * as TE from 'fp-ts/TaskEither';
import { type DynamoDBClient, type UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { S3Client } from '@aws-sdk/client-s3';
import { pipe } from 'fp-ts/function';
import type { RecordedEvent } from '../../../shared/lead/recorded-event';
import type { Claim, ClaimEvent } from '../../../shared/ports/claim-event';
import { factsOf } from '../../../shared/stored/recorded-facts';
import { names } from '../cloud';
import type { Parts } from '../functions';

export type Command = Readonly<{ input: object }>;

/** A client that changes each command before it sends it, and each error before it throws it. */
export const changing = <Client extends DynamoDBClient | S3Client>(
  client: Client,
  change: (command: Command) => void,
  onError: (error: unknown) => void = () => undefined,
): Client =>
  Object.assign(Object.create(client) as Client, {
    send: async (command: Command): Promise<unknown> => {
      change(command);
      try {
        return await (client as unknown as { send: (command: Command) => Promise<unknown> }).send(command);
      } catch (error) {
        onError(error);
        throw error;
      }
    },
  });

/** Makes each condition of an update true. */
export const unconditional = ({ input }: Command): void => {
  const update = input as UpdateItemCommand['input'];
  const condition = update.ConditionExpression ?? '';
  update.ConditionExpression = `attribute_exists(pk) OR attribute_not_exists(pk) OR ${condition}`;
};

/** Lets a worker record a failure even if another worker holds the event. Finished events stay finished. */
export const overClaims = ({ input }: Command): void => {
  const update = input as UpdateItemCommand['input'];
  update.ConditionExpression = `${update.ConditionExpression ?? ''} OR #state = :claimed`;
};

export const tableOf = ({ clients, now }: Parts, client = clients.dynamodb) => ({
  client,
  tableName: names.table,
  now,
  retentionDays: 400,
});

/** Changes what a worker learns from its claim. */
export const changingClaim =
  (claimEvent: ClaimEvent, change: (claim: Claim, record: RecordedEvent) => Claim): ClaimEvent =>
  (record, attempt) =>
    pipe(
      claimEvent(record, attempt),
      TE.map((claim) => change(claim, record)),
    );

/** Takes a claim for granted that was refused for this reason. */
export const claimedThough = (claimEvent: ClaimEvent, reason: Claim['kind']): ClaimEvent =>
  changingClaim(claimEvent, (claim, record) =>
    claim.kind === reason ? { kind: 'claimed', leaseUntil: new Date(8.64e15), known: factsOf(record) } : claim,
  );

/** Answers a claim with the facts of the raw object instead of those of the event's record. */
export const notByRecord = (claimEvent: ClaimEvent): ClaimEvent =>
  changingClaim(claimEvent, (claim, record) =>
    claim.kind === 'claimed' ? { ...claim, known: factsOf(record) } : claim,
  );
