import {
  type AttributeValue,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import * as t from 'io-ts';
import type { EnrichedLead } from '../lead/enriched-lead';
import { enrichedLeadItemOf, leadItem, type LeadItem, leadItemOf } from '../stored/lead-item';
import type { RecordedEvent } from '../lead/recorded-event';
import { type StoreFailure, unavailable, unreadable } from '../ports/store-failure';
import { decodeItem } from './decode-item';
import { leadKey } from './table-keys';

export type LeadTable = Readonly<{ client: DynamoDBClient; tableName: string }>;

/** Writes what a new event says, unless a newer one, or this one, has been here. The owner stays until the event is enriched. */
export const saveLead =
  (table: LeadTable) =>
  (record: RecordedEvent): TE.TaskEither<StoreFailure, void> =>
    write(table, leadItemOf(record), 'version < :version');

/** Writes what an enriched event says, unless a newer one has been here. */
export const saveEnrichedLead =
  (table: LeadTable) =>
  (enriched: EnrichedLead): TE.TaskEither<StoreFailure, void> =>
    write(table, enrichedLeadItemOf(enriched), 'version <= :version');

/** What an event may leave out: a newer one that does not have it takes it away. */
const optionalFields = ['display_name', 'status', 'status_key'] as const satisfies readonly (keyof LeadItem)[];

const write = (
  { client, tableName }: LeadTable,
  item: LeadItem,
  isOlder: string,
): TE.TaskEither<StoreFailure, void> => {
  const fields = Object.entries(leadItem.encode(item));
  const gone = optionalFields.filter((name) => item[name] === undefined);
  return pipe(
    TE.tryCatch(
      () =>
        client.send(
          new UpdateItemCommand({
            TableName: tableName,
            Key: marshall(leadKey({ leadId: item.lead_id, namespace: item.namespace })),
            UpdateExpression: [
              `SET ${fields.map(([name]) => `#${name} = :${name}`).join(', ')}`,
              ...(gone.length === 0 ? [] : [`REMOVE ${gone.map((name) => `#${name}`).join(', ')}`]),
            ].join(' '),
            ConditionExpression: `attribute_not_exists(pk) OR ${isOlder}`,
            ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
            ExpressionAttributeNames: Object.fromEntries(
              [...fields.map(([name]) => name), ...gone].map((name) => [`#${name}`, name]),
            ),
            ExpressionAttributeValues: marshall(Object.fromEntries(fields.map(([name, value]) => [`:${name}`, value]))),
          }),
        ),
      (error) => error,
    ),
    TE.asUnit,
    TE.orElse((error) =>
      TE.fromEither(
        error instanceof ConditionalCheckFailedException && error.Item !== undefined
          ? isNewer(error.Item, item)
          : E.left(unavailable('leads')(error)),
      ),
    ),
  );
};

/** A write is done with where the lead that refused it says the same or a newer event. Any other refusal would hide that the lead is not written. */
const isNewer = (standing: Record<string, AttributeValue>, { version }: LeadItem): E.Either<StoreFailure, void> =>
  pipe(
    decodeItem(t.type({ version: t.string }), 'leads')(standing),
    E.filterOrElse(
      (found) => found.version >= version,
      (): StoreFailure => unreadable('leads', 'version must be that of the item which refused the write'),
    ),
    E.asUnit,
  );
