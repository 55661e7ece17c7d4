import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import * as E from 'fp-ts/Either';
import { noteActivity, readActivities } from '../../../../shared/aws/source-activity';
import { scanEvents } from '../../../../shared/aws/scan-events';
import { activityKey } from '../../../../shared/aws/table-keys';
import { activityAt } from '../../../../shared/stored/source-activity';
import { Table } from '../../../simulation/table';
import { fakeAws } from '../../../support/fake-aws';

const opened: { close: () => void }[] = [];
afterEach(() => {
  for (const { close } of opened.splice(0)) close();
});

type Input = Parameters<Table['scan']>[0] & Parameters<Table['put']>[0] & Parameters<Table['query']>[0];

/** The adapters over a table in memory. */
const overTable = async () => {
  const table = new Table({ now: Date.now, indexLagMs: () => 0, onChange: () => undefined });
  const aws = await fakeAws(({ operation, body }) => {
    const input = body as unknown as Input;
    const answers = { PutItem: () => table.put(input), Query: () => table.query(input), Scan: () => table.scan(input) };
    return { body: answers[operation as keyof typeof answers]() };
  });
  opened.push(aws);
  return { table, client: new DynamoDBClient(aws.client), tableName: 'leads' };
};

describe('the activity of sources', () => {
  it('is read as it was noted, one for each source', async () => {
    const stored = await overTable();
    const [crm, shop] = ['crm', 'shop'].map((id) => activityAt(id, 24, new Date(0))) as [never, never];
    const later = activityAt('crm', 48, new Date(60_000));
    for (const activity of [crm, shop, later]) await noteActivity(stored)(activity)();
    const read = await readActivities(stored)();
    expect(read).toMatchObject(E.right({ activities: [later, shop], unreadable: [] }));
  });

  it('has a key by which an operator finds what is unreadable, and does not hide the others', async () => {
    const { table, ...stored } = await overTable();
    table.put({ TableName: 'leads', Item: marshall({ ...activityKey('bad'), last_at: 'yesterday' }) });
    await noteActivity(stored)(activityAt('crm', 24, new Date(0)))();
    const read = await readActivities(stored)();
    const unreadable = [{ kind: 'unreadable', store: 'activity', item: activityKey('bad') }];
    expect(read).toMatchObject(E.right({ activities: [{ sk: 'crm' }], unreadable }));
  });

  it('is no event for a scan, whatever the id of the source', async () => {
    const stored = await overTable();
    await noteActivity(stored)(activityAt('EVENT#1', 24, new Date()))();
    const scanned = await scanEvents({ ...stored, now: () => new Date(), retentionDays: 1 })({});
    expect(scanned).toStrictEqual({ events: [], unreadable: [] });
  });
});

test('a note that the table does not answer fails, and does not keep the sender waiting', async () => {
  const aws = await fakeAws(
    () => ({ body: {} }),
    () => new Promise(() => undefined),
  );
  opened.push(aws);
  const client = new DynamoDBClient(aws.client);
  const noted = await noteActivity({ client, tableName: 'leads' })(activityAt('crm', 24, new Date(0)))();
  client.destroy();
  expect(noted).toMatchObject(E.left({ kind: 'unavailable', store: 'activity' }));
});
