import { type DynamoDBClient, QueryCommand, type QueryCommandOutput } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { pipe } from 'fp-ts/function';
import * as RA from 'fp-ts/ReadonlyArray';
import * as TE from 'fp-ts/TaskEither';
import * as t from 'io-ts';
import type { QuarantineCount } from '../../operations/overview/overview-ports';
import type { StoreFailure } from '../../ports/store-failure';
import { quarantinedKind, type QuarantineState } from '../../stored/quarantine-item';
import { call } from '../call';
import { decodeItem, type Item } from '../decode-item';
import { quarantinePartition } from '../table-keys';

type Table = Readonly<{ client: DynamoDBClient; tableName: string }>;

const facts = t.type({ kind: quarantinedKind, received_at: t.string });

/** A page has about 1,000 requests. A source that sent more of them is counted up to that many. */
const mostPages = 20;

/**
 * Counts the requests in state QUARANTINED: one query, or a few, for each source that has requests there.
 *
 * @param sources the sources that have requests in quarantine
 */
export const countQuarantine = (
  table: Table,
  sources: TE.TaskEither<StoreFailure, readonly string[]>,
): TE.TaskEither<StoreFailure, QuarantineCount> =>
  pipe(
    sources,
    TE.flatMap(
      TE.traverseSeqArray((source) =>
        pipe(
          readSource(table, source),
          TE.map((read) => ({ source, ...read })),
        ),
      ),
    ),
    TE.map(total),
  );

type SourceItems = Readonly<{ items: readonly t.TypeOf<typeof facts>[]; isWhole: boolean }>;

const readSource = ({ client, tableName }: Table, source: string): TE.TaskEither<StoreFailure, SourceItems> =>
  pipe(
    call('quarantine', async () => {
      const items: Item[] = [];
      let start: Item | undefined;
      let pages = 0;
      do {
        const page: QueryCommandOutput = await client.send(
          new QueryCommand({
            TableName: tableName,
            KeyConditionExpression: 'pk = :pk',
            FilterExpression: '#state = :quarantined',
            ProjectionExpression: '#kind, received_at',
            ExpressionAttributeNames: { '#state': 'state', '#kind': 'kind' },
            ExpressionAttributeValues: marshall({
              ':pk': quarantinePartition(source),
              ':quarantined': 'QUARANTINED' satisfies QuarantineState,
            }),
            ExclusiveStartKey: start,
          }),
        );
        items.push(...(page.Items ?? []));
        start = page.LastEvaluatedKey;
        pages += 1;
      } while (start !== undefined && pages < mostPages);
      return { items, isWhole: start === undefined };
    }),
    TE.map(({ items, isWhole }) => {
      const { left, right } = RA.separate(items.map(decodeItem(facts, 'quarantine')));
      return { items: right, isWhole: isWhole && left.length === 0 };
    }),
  );

const total = (sources: readonly (SourceItems & Readonly<{ source: string }>)[]): QuarantineCount => {
  const items = sources.flatMap((one) => one.items);
  const ofKind = (kind: string): number => items.filter((item) => item.kind === kind).length;
  return {
    bySource: new Map(sources.map(({ source, items: { length } }) => [source, length])),
    byKind: { body: ofKind('body'), lead: ofKind('lead') },
    oldestAt: items.map(({ received_at }) => received_at).sort()[0],
    isWhole: sources.every(({ isWhole }) => isWhole),
  };
};
