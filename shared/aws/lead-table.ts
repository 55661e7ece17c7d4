import { type DynamoDBClient, UpdateItemCommand, type UpdateItemCommandInput } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import * as t from 'io-ts';
import type { EnrichedLead } from '../lead/enriched-lead';
import { enrichedLeadItemOf, leadItem, type LeadItem, leadItemOf } from '../stored/lead-item';
import type { Owner } from '../lead/owner';
import type { RecordedEvent } from '../lead/recorded-event';
import type { LeadSearch } from '../ports/lead-search';
import { type StoreFailure, unreadable } from '../ports/store-failure';
import { call } from './call';
import { anyOf, clause, type Condition } from './condition';
import { type ConditionFailed, conditionFailed } from './condition-failed';
import { decodeItem } from './decode-item';
import { searchPartition } from './search-partitions';
import { leadKey } from './table-keys';

export type LeadTable = Readonly<{ client: DynamoDBClient; tableName: string }>;

const isNewLead = clause('attribute_not_exists(pk)');

/** The lead has an older event: events that arrive out of order leave the newest data. */
const hasOlderEvent = clause('version < :version');

const hasThisEvent = clause('version = :version');

/** The lead has an older event or this one: the enrichment of an older event does not overwrite a newer event. */
const hasNoNewerEvent = clause('version <= :version');

/**
 * Writes what a new event says about its lead, unless the item has the same event or a newer one. The owner in the item
 * stays until the event is enriched.
 */
export const saveLead =
  (table: LeadTable) =>
  (record: RecordedEvent): TE.TaskEither<StoreFailure, void> =>
    write(table, leadItemOf(record), hasOlderEvent);

/** Writes what an enriched event says about its lead, unless the item has a newer event. */
export const saveEnrichedLead =
  (table: LeadTable) =>
  (enriched: EnrichedLead): TE.TaskEither<StoreFailure, void> =>
    write(table, enrichedLeadItemOf(enriched), hasNoNewerEvent);

/**
 * Writes what an event says about its lead, unless the item has this event or a newer one.
 *
 * @param owner of an event that was enriched. Without it the owner in the item stays
 * @returns `same`: the item has this event
 */
export const restoreLead =
  (table: LeadTable) =>
  (record: RecordedEvent, owner: Owner | undefined): TE.TaskEither<StoreFailure, 'written' | 'same' | 'newer'> => {
    const item = owner === undefined ? leadItemOf(record) : enrichedLeadItemOf({ record, owner });
    return pipe(
      writeUnless(table, item, hasOlderEvent),
      TE.map((version) => (version === undefined ? 'written' : version === item.version ? 'same' : 'newer')),
    );
  };

/**
 * Writes the owner of a lead, if the item has the event. The other fields stay, because an operator may have had them
 * read again by another mapping.
 */
export const restoreOwner =
  (table: LeadTable) =>
  (enriched: EnrichedLead): TE.TaskEither<StoreFailure, void> => {
    const item = enrichedLeadItemOf(enriched);
    const { owner, owner_name, owner_key, version } = fieldsOf(item);
    return pipe(
      sendUpdate(table, item, setting({ owner, owner_name, owner_key, version }), hasThisEvent),
      TE.orElse((failure) => (failure.kind === 'condition-failed' ? TE.right(undefined) : TE.left(failure))),
    );
  };

const write = (table: LeadTable, item: LeadItem, mayReplace: Condition): TE.TaskEither<StoreFailure, void> =>
  pipe(writeUnless(table, item, mayReplace), TE.asUnit);

/** @returns the version of the item that stayed, which is this one or newer; `undefined` if the lead was written */
const writeUnless = (
  table: LeadTable,
  item: LeadItem,
  mayReplace: Condition,
): TE.TaskEither<StoreFailure, string | undefined> =>
  pipe(
    sendUpdate(table, item, expressionsOf(item), anyOf(isNewLead, mayReplace)),
    TE.map((): string | undefined => undefined),
    TE.orElse((failure) =>
      failure.kind === 'condition-failed' ? TE.fromEither(acceptIfNewer(failure, item)) : TE.left(failure),
    ),
  );

const sendUpdate = (
  { client, tableName }: LeadTable,
  { lead_id: leadId, namespace }: LeadItem,
  update: Partial<UpdateItemCommandInput>,
  { text }: Condition,
): TE.TaskEither<StoreFailure | ConditionFailed, void> =>
  pipe(
    call(
      'leads',
      () =>
        client.send(
          new UpdateItemCommand({
            TableName: tableName,
            Key: marshall(leadKey({ leadId, namespace })),
            ...update,
            ConditionExpression: text,
            ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
          }),
        ),
      conditionFailed,
    ),
    TE.asUnit,
  );

/** What an event may lack. A newer event without such a field removes it. */
const optionalFields = ['display_name', 'status', 'status_key'] as const satisfies readonly (keyof LeadItem)[];

/** The keys of the indexes of leads, each with the partition of this lead. */
const partitionsOf = ({ lead_id, namespace, email_key, owner_key, status_key }: LeadItem) => {
  const partition = (by: LeadSearch['by'], value: string) => searchPartition(by, value, { leadId: lead_id, namespace });
  return {
    email_key: partition('email', email_key),
    ...(owner_key === undefined ? {} : { owner_key: partition('owner', owner_key) }),
    ...(status_key === undefined ? {} : { status_key: partition('status', status_key) }),
  };
};

/** The attributes of a lead in the table. */
const fieldsOf = (item: LeadItem) => ({ ...leadItem.encode(item), ...partitionsOf(item) });

/** Only the fields of the event change, because the owner in the item has to stay. */
const expressionsOf = (item: LeadItem): Partial<UpdateItemCommandInput> =>
  setting(
    fieldsOf(item),
    optionalFields.filter((name) => item[name] === undefined),
  );

/** Sets attributes, and removes those that are absent. */
const setting = (
  attributes: Readonly<Record<string, unknown>>,
  absent: readonly string[] = [],
): Partial<UpdateItemCommandInput> => {
  const fields = Object.entries(attributes);
  const names = [...fields.map(([name]) => name), ...absent];
  return {
    UpdateExpression: [
      `SET ${fields.map(([name]) => `#${name} = :${name}`).join(', ')}`,
      ...(absent.length === 0 ? [] : [`REMOVE ${absent.map((name) => `#${name}`).join(', ')}`]),
    ].join(' '),
    ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
    ExpressionAttributeValues: marshall(Object.fromEntries(fields.map(([name, value]) => [`:${name}`, value]))),
  };
};

/**
 * A refused write is done if the item has the same event or a newer one. Any other refusal is a failure, because it
 * would hide that the lead is not written.
 */
const acceptIfNewer = (refusal: ConditionFailed, { version }: LeadItem): E.Either<StoreFailure, string> =>
  refusal.item === undefined
    ? E.left(refusal.failure)
    : pipe(
        decodeItem(t.type({ version: t.string }), 'leads')(refusal.item),
        E.filterOrElse(
          (existing) => existing.version >= version,
          (): StoreFailure => unreadable('leads', 'version must be that of the item which refused the write'),
        ),
        E.map((existing) => existing.version),
      );
