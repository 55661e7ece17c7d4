import { BatchGetItemCommand, type DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import * as E from 'fp-ts/Either';
import { maxRounds } from '../../../../shared/aws/back-off';
import { findLeads } from '../../../../shared/aws/lead-queries';
import { readEachEvent } from '../../../../shared/aws/read-each-event';
import { eventKey, leadKey } from '../../../../shared/aws/table-keys';
import { leadItem, leadItemOf } from '../../../../shared/stored/lead-item';
import { arbitraryRecord } from '../../../support/arbitrary';
import { arbitraryEvent } from '../../../support/arbitrary-event';

const stored = (change: { lead?: object; event?: object; moved?: object } = {}) => {
  const record = arbitraryRecord();
  const { event, eventId } = record;
  const item = arbitraryEvent({ lead_id: event.lead_id, event_id: eventId });
  return {
    leadId: event.lead_id,
    moved: marshall(change.moved ?? {}),
    lead: marshall({
      ...leadKey({ leadId: event.lead_id, namespace: 'ingest' }),
      ...leadItem.encode(leadItemOf(record)),
      status_key: 'new',
      ...change.lead,
    }),
    event: marshall({ ...eventKey({ leadId: event.lead_id, eventId }), ...item, ...change.event }),
  };
};

const holding = (...leads: readonly ReturnType<typeof stored>[]) =>
  ({
    send: (command: object) => {
      if (command instanceof QueryCommand) {
        const isFirst = command.input.ExpressionAttributeValues?.[':value']?.S === 'new';
        return Promise.resolve({ Items: isFirst ? leads.map(({ lead }) => lead) : [] });
      }
      if (command instanceof BatchGetItemCommand) {
        const { Keys = [] } = command.input.RequestItems?.table ?? {};
        if (new Set(Keys.map((key) => JSON.stringify(key))).size < Keys.length)
          return Promise.reject(new Error('Provided list of item keys contains duplicates'));
        const keys = Keys.map(({ sk }) => sk?.S);
        const items = leads.flatMap(({ lead, event, moved }) => [{ ...lead, ...moved }, event]);
        return Promise.resolve({ Responses: { table: items.filter(({ sk }) => keys.includes(sk?.S)).reverse() } });
      }
      throw new Error(command.constructor.name);
    },
  }) as unknown as DynamoDBClient;

const search = (...leads: readonly ReturnType<typeof stored>[]) =>
  findLeads(holding(...leads), 'table')({ by: 'status', value: 'new', limit: 25 })();

describe('a page of leads', () => {
  it('omits an unreadable lead, and names it with the reason', async () => {
    const [bad, good] = [stored({ lead: { email: 7 } }), stored()];
    expect(await search(bad, good)).toMatchObject(
      E.right({
        leads: [{ lead: { lead_id: good.leadId }, event: { state: 'RECEIVED' } }],
        unreadable: [
          {
            kind: 'unreadable',
            store: 'leads',
            item: { pk: `LEAD#${bad.leadId}`, sk: 'LEAD#ingest' },
            paths: ['email must be an e-mail address of at most 254 characters'],
          },
        ],
      }),
    );
  });

  it('omits a lead that has got another status since the index was written', async () => {
    const [moved, other] = [stored({ moved: { status_key: 'won' } }), stored()];
    expect(await search(moved, other)).toMatchObject(E.right({ leads: [{ lead: { lead_id: other.leadId } }] }));
  });

  it('shows a lead once that moves to another partition while the partitions are read', async () => {
    const one = stored();
    const table = holding(one);
    const send = (command: Parameters<typeof table.send>[0]) =>
      command instanceof QueryCommand ? Promise.resolve({ Items: [one.lead] }) : table.send(command);
    const found = await findLeads(
      { send } as unknown as DynamoDBClient,
      'table',
    )({
      by: 'status',
      value: 'new',
      limit: 25,
    })();
    expect(found).toMatchObject(E.right({ leads: [{ lead: { lead_id: one.leadId } }] }));
  });

  it('shows a lead with an unreadable event without its state', async () => {
    const one = stored({ event: { state: 'OF_A_NEWER_VERSION' } });
    expect(await search(one)).toMatchObject(
      E.right({
        leads: [{ lead: { lead_id: one.leadId }, event: undefined }],
        unreadable: [{ store: 'events', item: { pk: `LEAD#${one.leadId}`, sk: one.event.sk?.S } }],
      }),
    );
  });
});

describe('keys of a batch that DynamoDB leaves unprocessed', () => {
  const one = stored();
  const asking = (processedAt: number) => {
    const pauses: number[] = [];
    let calls = 0;
    const send = ({ input }: BatchGetItemCommand) => {
      calls += 1;
      return Promise.resolve(
        calls < processedAt ? { UnprocessedKeys: input.RequestItems } : { Responses: { table: [one.event] } },
      );
    };
    const client = { send } as unknown as DynamoDBClient;
    const read = readEachEvent(client, 'table', (round) => Promise.resolve(void pauses.push(round)));
    const event_id = one.event.event_id?.S ?? '';
    return { read: read([{ lead_id: one.leadId, event_id }]), pauses, calls: () => calls };
  };

  it('are requested again after a growing pause', async () => {
    const { read, pauses } = asking(4);
    expect(await read()).toMatchObject(E.right(expect.objectContaining({ size: 1 })));
    expect(pauses).toStrictEqual([0, 1, 2]);
  });

  it('are a failure after a bounded number of calls, never a lead without an event', async () => {
    const { read, calls } = asking(Infinity);
    expect(await read()).toStrictEqual(E.left({ kind: 'unavailable', store: 'events', cause: 'UnprocessedKeys' }));
    expect(calls()).toBe(maxRounds);
  });
});
