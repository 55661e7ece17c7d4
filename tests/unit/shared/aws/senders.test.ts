import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import type { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import * as E from 'fp-ts/Either';
import { sendersFromLog } from '../../../../shared/aws/overview/senders-from-log';
import { sendersFromMetrics } from '../../../../shared/aws/overview/senders-from-metrics';

const now = new Date('2026-01-31T12:30:00.000Z');
const dayBefore = new Date(now.getTime() - 86_400_000);

describe('rejections and secrets of a local cloud', () => {
  const opened = () => {
    const events: { timestamp: number; message: string }[] = [];
    const asked: number[] = [];
    const client = {
      send: ({ input: { startTime = 0 } }: FilterLogEventsCommand) => {
        asked.push(startTime);
        return Promise.resolve({ events: events.filter(({ timestamp }) => timestamp >= startTime) });
      },
    } as unknown as CloudWatchLogsClient;
    const write = (message: string, fields: object, minutes = 0) =>
      events.push({ timestamp: now.getTime() - minutes * 60_000, message: JSON.stringify({ message, ...fields }) });
    return { write, asked, read: sendersFromLog(client, 'group', () => now) };
  };

  it('are counted by source and reason, and a request with several leads once', async () => {
    const { write, read, asked } = opened();
    write('lead accepted', { source: 'crm', secret: 'first', correlation_id: 'a' }, 50);
    write('lead rejected', { source: 'crm', secret: 'first', correlation_id: 'a' }, 50);
    write('lead deduplicated', { source: 'crm', secret: 'second', correlation_id: 'b' }, 40);
    write('request refused', { kind: 'not-authentic', correlation_id: 'c' }, 30);
    write('request failed', { kind: 'unavailable', correlation_id: 'd' }, 20);
    write('sources not read', { kind: 'unavailable' }, 20);
    const senders = {
      from: 'log',
      rejectedByReason: { 'not-a-lead': 1, 'not-authentic': 1, unavailable: 1 },
      bySource: new Map([
        ['crm', { rejected: 1, byReason: { 'not-a-lead': 1 }, secrets: { first: 1, second: 1, previous: 0 } }],
      ]),
    };
    expect(await read(dayBefore)()).toStrictEqual(E.right(senders));
    // The next reading begins shortly before the last line, and counts none twice.
    expect(await read(dayBefore)()).toStrictEqual(E.right(senders));
    expect(asked).toStrictEqual([Date.parse('2026-01-30T12:00:00.000Z'), now.getTime() - 20 * 60_000 - 30_000]);
  });

  it('are still counted after a line that a wrong clock dated tomorrow', async () => {
    const { write, read } = opened();
    write('request refused', { kind: 'not-json' }, -24 * 60);
    await read(dayBefore)();
    write('request refused', { kind: 'not-authentic' }, 0);
    expect(await read(dayBefore)()).toMatchObject({ right: { rejectedByReason: { 'not-authentic': 1 } } });
  });

  it('are forgotten after the period', async () => {
    const { write, read } = opened();
    write('request refused', { kind: 'not-json' }, 120);
    write('request refused', { kind: 'not-authentic' }, 1);
    await read(dayBefore)();
    const read2 = await read(new Date(now.getTime() - 3_600_000))();
    expect(read2).toMatchObject({ right: { rejectedByReason: { 'not-authentic': 1 } } });
    expect(E.isRight(read2) && Object.keys(read2.right.rejectedByReason)).toStrictEqual(['not-authentic']);
  });

  it('have the missing permission in their failure', async () => {
    const client = {
      send: () => Promise.reject(Object.assign(new Error(), { name: 'AccessDeniedException' })),
    } as unknown as CloudWatchLogsClient;
    expect(await sendersFromLog(client, 'group', () => now)(dayBefore)()).toMatchObject(
      E.left({ failure: { cause: 'AccessDeniedException' }, rights: ['logs:FilterLogEvents'] }),
    );
  });
});

test('rejections and secrets on AWS are the sums of the metrics by source and by reason', async () => {
  const sent: unknown[] = [];
  const client = {
    send: ({ input }: { input: unknown }) => {
      sent.push(input);
      return Promise.resolve({
        MetricDataResults: [
          { Id: 'reasons', Label: 'not-json', Values: [1, 2] },
          { Id: 'rejected', Label: 'crm', Values: [4] },
          { Id: 'first', Label: 'crm', Values: [10, 5] },
          { Id: 'second', Label: 'other', Values: [1] },
        ],
      });
    },
    config: {},
  };
  // The paginator of the SDK accepts an instance of its client only.
  const made = Object.assign(new CloudWatchClient({ region: 'x' }), { send: client.send });
  const read = await sendersFromMetrics(made, () => now)(dayBefore)();
  expect(read).toStrictEqual(
    E.right({
      from: 'metrics',
      rejectedByReason: { 'not-json': 3 },
      bySource: new Map([
        ['crm', { rejected: 4, secrets: { first: 15, second: 0, previous: 0 } }],
        ['other', { rejected: 0, secrets: { first: 0, second: 1, previous: 0 } }],
      ]),
    }),
  );
  expect(sent[0]).toMatchObject({
    StartTime: new Date('2026-01-30T12:00:00.000Z'),
    EndTime: now,
    MetricDataQueries: expect.arrayContaining([
      {
        Id: 'rejected',
        Expression: `SEARCH('{Leadline,service,source} MetricName="LeadRejected" service="ingestion"', 'Sum', 3600)`,
        Label: "${PROP('Dim.source')}",
      },
    ]) as unknown,
  });
});
