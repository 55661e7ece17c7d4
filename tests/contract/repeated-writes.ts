import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  PutItemCommand,
  type UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { leadKey } from '../../shared/aws/table-keys';
import type { EventItem } from '../../shared/stored/event-item';
import { arbitraryRecord } from '../support/arbitrary';
import type { Harness } from './harness';
import { done } from './stores';
import { writesOf } from './writes';

export const describeWrites = (on: Harness): void => {
  const { history, eventItemOf, table, stores } = on;
  describe('a write', () => {
    /**
     * A table whose client sends each write twice, as the SDK does if it gets no response. Another process runs
     * `between`.
     */
    const losingAnswers = (between: () => Promise<unknown>) => ({
      ...table(),
      client: {
        send: async (command: UpdateItemCommand) => {
          await stores().dynamodb.send(command);
          await between();
          return stores().dynamodb.send(command);
        },
      } as unknown as DynamoDBClient,
    });

    /** A table that refuses a write without returning the item that made the condition fail. */
    const withoutItems = () => ({
      ...table(),
      client: {
        send: (command: UpdateItemCommand) =>
          stores()
            .dynamodb.send(command)
            .catch((error: unknown) => {
              if (error instanceof ConditionalCheckFailedException) delete error.Item;
              throw error;
            }),
      } as unknown as DynamoDBClient,
    });

    const writes = writesOf(on);
    const names = Object.keys(writes);

    it.each(names)('%s has one effect if the SDK sends it twice', async (name) => {
      const { prepare, run, answers, meanwhile } = writes[name]!;
      for (const between of [undefined, meanwhile]) {
        const [one, twin] = [arbitraryRecord(), arbitraryRecord()];
        await Promise.all([one, twin].map(prepare));
        const outcome = await done(
          run(
            losingAnswers(() => between?.(one) ?? Promise.resolve()),
            one,
          ),
        );
        if (answers !== null && typeof answers === 'object') expect(outcome).toMatchObject(answers);
        else expect(outcome).toBe(answers);
        await done(run(table(), twin));
        await between?.(twin);
        const [item, expected] = [await eventItemOf(one), await eventItemOf(twin)];
        const essence = (of: EventItem | undefined) => [
          of?.state,
          of?.requeues,
          of?.reason,
          of?.history?.map(({ what }) => what),
        ];
        expect(essence(item)).toStrictEqual(essence(expected));
      }
    });

    it.each(names.filter((name) => writes[name]?.refuse !== undefined))(
      '%s changes nothing if its condition fails and the cloud does not return the item',
      async (name) => {
        const { refuse, run } = writes[name]!;
        const one = arbitraryRecord();
        await refuse?.(one);
        const before = await history(one.event.lead_id);
        await expect(done(run(withoutItems(), one))).rejects.toThrow('ConditionalCheckFailed');
        expect(await history(one.event.lead_id)).toStrictEqual(before);
      },
    );

    it.each(['that saves a lead', 'that saves an enriched lead'])(
      '%s is refused if the stored lead has no version',
      async (name) => {
        const one = arbitraryRecord();
        const key = leadKey({ leadId: one.event.lead_id, namespace: one.namespace });
        await stores().dynamodb.send(new PutItemCommand({ TableName: stores().tableName, Item: marshall(key) }));
        await expect(done(writes[name]!.run(table(), one))).rejects.toThrow('unreadable');
      },
    );
  });
};
