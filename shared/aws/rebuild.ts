import { type AttributeValue, type DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { paginateListObjectsV2, type S3Client } from '@aws-sdk/client-s3';
import { marshall } from '@aws-sdk/util-dynamodb';
import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import * as t from 'io-ts';
import { randomUUID } from 'node:crypto';
import { eventIdText } from '../lead/event-id-text';
import { eventRef, eventRefKey } from '../lead/event-ref';
import { leadId } from '../lead/lead-id';
import { owner } from '../lead/owner';
import { enrichedKeyOf, type RawKey } from '../lead/raw-key';
import type { RecordedEvent } from '../lead/recorded-event';
import { orThrow } from '../operations/or-throw';
import { throwOutage } from '../operations/outage';
import type { FoundEnriched, FoundRaw } from '../operations/rebuild/found-objects';
import type { RebuildPorts } from '../operations/rebuild/rebuild-table';
import type { RebuiltEvent } from '../operations/rebuild/rebuilt-event';
import { maxMails } from '../ports/claim-event';
import type { ReadFailure } from '../ports/read-failure';
import { type StoreFailure, unavailable } from '../ports/store-failure';
import type { EventItem, FailedEvent, NotifiedEvent } from '../stored/event-item';
import type { Step } from '../stored/event-step';
import type { BackOff } from './back-off';
import { call } from './call';
import { conditionFailed } from './condition-failed';
import { decodeStored } from './decode-item';
import { allOf, anyOf, clause } from './condition';
import { isFailed, isNotRecorded, isPending } from './event-conditions';
import { type EventTable, pendingAttributes } from './event-table';
import { update } from './event-update';
import { expiryOf } from './expiry';
import { decodeJsonObject, readObject, type TextObject } from './json-objects';
import { restoreLead, restoreOwner } from './lead-table';
import { readEachEvent } from './read-each-event';
import { readRaw } from './read-raw';
import { eventKey } from './table-keys';

type Stores = Readonly<{
  dynamodb: DynamoDBClient;
  s3: S3Client;
  rawBucket: string;
  enrichedBucket: string;
  table: EventTable;
  /** Whether no function uses the table yet, because it was restored and is not adopted. */
  isUnused: boolean;
  pause: BackOff;
}>;

type StorePorts = Omit<RebuildPorts, 'pace' | 'onProgress' | 'isInterrupted' | 'onProblem'>;

/**
 * The ports of `rebuildTable` over the stores of a stack.
 *
 * @throws (the ports) a StoreError if a store does not answer
 */
export const rebuildPorts = (stores: Stores): StorePorts => {
  const { dynamodb, s3, rawBucket, enrichedBucket, table, isUnused, pause } = stores;
  const readEach = readEachEvent(dynamodb, table.tableName, pause);
  const restore = restoreLead({ client: dynamodb, tableName: table.tableName });
  /** Whether `writeEvent` would write the event over this record. */
  const isWritten = (event: RebuiltEvent | undefined, read: E.Either<StoreFailure, EventItem>): boolean =>
    isUnused && event?.state.state === 'NOTIFIED' && E.isRight(read) && mayBeMailed(read.right, event.state.notifiedAt);
  const readFound = async (key: RawKey): Promise<FoundEnriched> =>
    foundEnriched(await readObject(s3, enrichedBucket, 'enriched', enrichedKeyOf(key))());
  /** The object is read again, because a worker of before the loss may have written a newer owner meanwhile. */
  const writeOwner = (record: RecordedEvent): TE.TaskEither<StoreFailure, void> =>
    pipe(
      TE.tryCatch(() => readFound(record.s3Key), unavailable('enriched')),
      TE.flatMap((found) =>
        found.kind === 'found' && found.owner !== undefined
          ? restoreOwner({ client: dynamodb, tableName: table.tableName })({ record, owner: found.owner })
          : TE.right(undefined),
      ),
    );
  return {
    listRaw: () => keysUnder(s3, rawBucket, 'raw/'),
    readRaw: async (key) => foundRaw(await readRaw(s3, rawBucket)(key)()),
    readEnriched: readFound,
    writeEvent: (event) => orThrow(unlessRefused(writeEvent(table, event, isUnused))),
    writeLead: (record, found, isOwnerLost) =>
      orThrow(
        unlessRefused(
          pipe(
            restore(record, found),
            TE.flatMap((restored) =>
              restored === 'same' && found !== undefined && isOwnerLost ? writeOwner(record) : TE.right(undefined),
            ),
            TE.as('done'),
          ),
        ),
      ),
    presentEvents: async (events) => {
      if (events.length === 0) return new Set();
      const unique = new Map(events.map((event) => [eventRefKey(eventRef(event.facts)), event]));
      const found = await orThrow(readEach([...unique.values()].map(({ facts }) => facts)));
      return new Set([...found].flatMap(([key, read]) => (isWritten(unique.get(key), read) ? [] : [key])));
    },
  };
};

/** Pages of the keys under a prefix. Memory has one page of 1,000 keys at a time. */
export async function* keysUnder(client: S3Client, bucket: string, prefix: string): AsyncIterable<readonly string[]> {
  const pages = paginateListObjectsV2({ client }, { Bucket: bucket, Prefix: prefix })[Symbol.asyncIterator]();
  for (;;) {
    const page = await orThrow(call('raw', () => pages.next()));
    if (page.done === true) return;
    const { Contents = [] } = page.value;
    // A console shows a folder as an empty object whose key ends with a slash.
    yield Contents.map(({ Key = '' }) => Key).filter((key) => !key.endsWith('/'));
  }
}

/** As the condition of `settle`. */
const mayBeMailed = (event: EventItem, enrichedAt: string): boolean =>
  event.state === 'RECEIVED' ||
  event.state === 'CLAIMED' ||
  (event.state === 'FAILED' &&
    event.failed_at < enrichedAt &&
    event.refresh_asked_at === undefined &&
    !((event.refreshed_at ?? '') >= enrichedAt));

const foundRaw = (read: E.Either<ReadFailure, Extract<FoundRaw, { kind: 'found' }>['raw']>): FoundRaw => {
  if (E.isRight(read)) return { kind: 'found', raw: read.right };
  if (read.left.kind === 'missing') return { kind: 'missing' };
  throwOutage(read.left);
  return { kind: read.left.kind === 'unavailable' ? 'refused' : 'unreadable' };
};

const enrichedObject = t.intersection([
  t.type({ lead_id: leadId, event_id: eventIdText, source: t.string }),
  t.partial({ owner: t.unknown }),
]);

const foundEnriched = (read: E.Either<ReadFailure, TextObject>): FoundEnriched => {
  if (E.isLeft(read)) {
    if (read.left.kind === 'missing') return { kind: 'missing' };
    throwOutage(read.left);
    return { kind: read.left.kind === 'unavailable' ? 'refused' : 'unreadable' };
  }
  const { text, lastModified: writtenAt } = read.right;
  return pipe(
    decodeJsonObject('enriched', text),
    E.flatMap(decodeStored(enrichedObject, 'enriched')),
    E.match(
      (): FoundEnriched => ({ kind: 'unreadable', writtenAt }),
      ({ lead_id, event_id, source, owner: file }) => ({
        kind: 'found',
        leadId: lead_id,
        eventId: event_id,
        source,
        writtenAt,
        ...(owner.is(file) && E.isRight(owner.decode(file)) ? { owner: file } : {}),
      }),
    ),
  );
};

/**
 * DynamoDB refuses an item for what is in it: it has more than 400 KB, or a key of an index is empty. It will refuse the
 * item each time.
 */
const unlessRefused = <Outcome>(
  write: TE.TaskEither<StoreFailure, Outcome>,
): TE.TaskEither<StoreFailure, Outcome | 'refused'> =>
  pipe(
    write,
    TE.orElse((failure) =>
      failure.kind === 'unavailable' && failure.cause === 'ValidationException'
        ? TE.right<StoreFailure, Outcome | 'refused'>('refused')
        : TE.left(failure),
    ),
  );

/** What a worker does before it writes the owner of a lead. */
const enrichments: ReadonlySet<string> = new Set(['claimed', 'refresh-asked', 'refreshed'] satisfies Step['what'][]);

/** Whether a worker may have enriched the event since its record was rebuilt, or since it is there if it was not. */
const isEnrichedSince = (history: AttributeValue | undefined): boolean => {
  const steps = history?.L?.map(({ M }) => M?.what?.S ?? '') ?? [];
  const rebuilt = steps.lastIndexOf('rebuilt');
  return rebuilt === -1 || steps.slice(rebuilt).some((what) => enrichments.has(what));
};

type Written = 'written' | 'present' | 'untouched';

const writeEvent = (
  table: EventTable,
  event: RebuiltEvent,
  isUnused: boolean,
): TE.TaskEither<StoreFailure, Written> => {
  const recordedBy = randomUUID();
  const put = () =>
    table.client.send(
      new PutItemCommand({
        TableName: table.tableName,
        Item: marshall({ ...eventKey(eventRef(event.facts)), ...itemOf(table, event), recorded_by: recordedBy }),
        ConditionExpression: isNotRecorded.text,
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
    );
  return pipe(
    call('events', put, conditionFailed),
    TE.map((): Written => 'written'),
    TE.orElse((failure) => {
      if (failure.kind !== 'condition-failed') return TE.left(failure);
      const { recorded_by, state, history } = failure.item ?? {};
      // The SDK retries a write whose response is late.
      if (recorded_by?.S === recordedBy) return TE.right('written');
      if (!isUnused) return TE.right(isEnrichedSince(history) ? 'present' : 'untouched');
      return state?.S === 'NOTIFIED' ? TE.right('untouched') : settle(table, event);
    }),
  );
};

/**
 * As many unconfirmed mails as an event may have. While an event has them, only an operator can have it mailed: whether
 * its mail was sent is not known.
 */
const unknownMails = new Set(Array.from({ length: maxMails }, (_, index) => `unknown-${index + 1}`));

/**
 * Settles an event that a restored table has as pending, or as FAILED before it was enriched, so that it may have been
 * mailed after the backup. Otherwise ReconcileFunction or an operator would queue it, and it would be mailed again. No
 * worker uses the table.
 */
const settle = (table: EventTable, { facts, state }: RebuiltEvent): TE.TaskEither<StoreFailure, Written> => {
  if (state.state !== 'NOTIFIED') return TE.right('untouched');
  const at = table.now().toISOString();
  return pipe(
    update(table, eventRef(facts), {
      set: { state: state.state, notified_at: state.notifiedAt, mail_claims: unknownMails, rebuilt_at: at },
      remove: pendingAttributes,
      step: { at, what: 'rebuilt' },
      condition: anyOf(isPending, allOf(isFailed, ...isEnrichedAgain(state.notifiedAt))),
    }),
    TE.map((existing) => (existing === undefined ? 'written' : 'untouched')),
  );
};

/** A failed event was enriched after its failure, and not by a refresh, which does not mail. */
const isEnrichedAgain = (enrichedAt: string) =>
  [
    clause('failed_at < :enriched', { ':enriched': enrichedAt }),
    clause('attribute_not_exists(refresh_asked_at)'),
    anyOf(
      clause('attribute_not_exists(refreshed_at)'),
      clause('refreshed_at < :enriched', { ':enriched': enrichedAt }),
    ),
  ] as const;

const itemOf = ({ now, retentionDays, by }: EventTable, { facts, correlationId, state }: RebuiltEvent) => {
  const at = now().toISOString();
  const common = {
    ...facts,
    // As the record that was lost.
    expires_at: expiryOf(new Date(facts.received_at), retentionDays),
    ...(correlationId === '' ? {} : { correlation_id: correlationId }),
    rebuilt_at: at,
    history: [{ at, what: 'rebuilt', ...(by === undefined ? {} : { by }) }] as const,
  };
  switch (state.state) {
    case 'NOTIFIED':
      return {
        ...common,
        state: state.state,
        notified_at: state.notifiedAt,
        mail_claims: unknownMails,
      } satisfies NotifiedEvent & { expires_at: number };
    case 'FAILED':
      return {
        ...common,
        state: state.state,
        failed_at: at,
        reason: state.reason,
        failed_reason: state.reason,
        ...(state.reason === 'mail-unconfirmed' ? { mail_claims: unknownMails } : {}),
      } satisfies FailedEvent & { expires_at: number };
  }
};
