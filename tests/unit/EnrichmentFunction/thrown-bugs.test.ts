import type { SQSEvent } from 'aws-lambda';
import * as TE from 'fp-ts/TaskEither';
import { enrichLead, type EnrichPorts } from '../../../EnrichmentFunction/enrich-lead';
import { answerBatch } from '../../../EnrichmentFunction/sqs/answer-batch';
import { messageFor } from '../../../shared/stored/queue-message';
import type { RecordedEvent } from '../../../shared/lead/recorded-event';
import { unavailable } from '../../../shared/ports/store-failure';
import { logger } from '../../../shared/lambda/logger';
import { arbitraryBatchPorts, arbitraryRecord } from '../../support/arbitrary';
import { bug, bugs } from '../../support/bugs';
import { countingPorts } from './counting-ports';

type PortName = Exclude<keyof EnrichPorts, 'maxReceives' | 'unconfirmedPauseMs'>;

/** What has to go wrong for a port to be called at all. */
const towards: Partial<Record<PortName, Partial<EnrichPorts>>> = {
  recordFailure: { sendMail: () => TE.left({ kind: 'refused', detail: 'MessageRejected' }) },
  postpone: { sendMail: () => TE.left({ kind: 'unconfirmed', detail: 'TimeoutError' }) },
};

const names: readonly PortName[] = [
  'readRaw',
  'readOwner',
  'claimEvent',
  'storeEnriched',
  'saveEnrichedLead',
  'sendMail',
  'markNotified',
  'recordFailure',
  'postpone',
];

const record = (id: string) => ({
  messageId: id,
  receiptHandle: id,
  attributes: { ApproximateReceiveCount: '1' },
});

describe('a bug in the code of one lead', () => {
  const unhandled: unknown[] = [];
  const note = (error: unknown) => unhandled.push(error);

  beforeEach(() => {
    unhandled.length = 0;
    process.on('unhandledRejection', note);
    for (const level of ['info', 'warn', 'error'] as const) jest.spyOn(logger, level).mockImplementation();
  });
  afterEach(() => {
    process.off('unhandledRejection', note);
    jest.restoreAllMocks();
  });

  const batchOfTen = () => {
    const records = Array.from({ length: 10 }, () => arbitraryRecord());
    const poisoned = records[4]!;
    const event = {
      Records: records.map((one) => ({ ...record(one.event.lead_id), body: JSON.stringify(messageFor(one)) })),
    } as unknown as SQSEvent;
    return { ...countingPorts(records), records, poisoned, event };
  };

  const run = async (ports: EnrichPorts, event: SQSEvent) => {
    const { batchItemFailures } = await answerBatch(arbitraryBatchPorts(enrichLead(ports)))(event, () => 30_000);
    return batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
  };

  /** The ports in which only the poisoned lead meets the bug. */
  const poisoning = (
    ports: EnrichPorts,
    { event, s3Key }: RecordedEvent,
    port: PortName,
    kind: string,
  ): EnrichPorts => {
    const isPoisoned = (about: unknown): boolean =>
      [event.lead_id, s3Key].some((name) => (JSON.stringify(about) as string | undefined)?.includes(name));
    const swap = (name: PortName, broken: (...args: never[]) => unknown) => {
      const working = ports[name] as (...args: unknown[]) => unknown;
      return {
        [name]: (...args: unknown[]) =>
          (
            name === 'postpone'
              ? (args[0] as { receiptHandle: string }).receiptHandle === event.lead_id
              : isPoisoned(args[0])
          )
            ? (broken as (...args: unknown[]) => unknown)(...args)
            : working(...args),
      };
    };
    const way = Object.entries(towards[port] ?? {}).map(([name, broken]) =>
      swap(name as PortName, broken as (...args: never[]) => unknown),
    );
    return Object.assign({}, ports, ...way, swap(port, bugs[kind]!)) as EnrichPorts;
  };

  describe.each(names)('in %s', (port) => {
    it.each(Object.keys(bugs))('that %s fails its own message, and no other', async (kind) => {
      const { ports, calls, records, poisoned, event } = batchOfTen();
      expect(await run(poisoning(ports, poisoned, port, kind), event)).toStrictEqual([poisoned.event.lead_id]);
      expect(new Set(calls.mailed)).toStrictEqual(
        new Set(
          records
            .filter((one) => one !== poisoned || calls.mailed.includes(poisoned.event.lead_id))
            .map((one) => one.event.lead_id),
        ),
      );
      // Lambda freezes the container after the answer: a call that is still under way would land in a later invocation.
      expect(calls.started).toBe(calls.ended);
      await new Promise((resolve) => setTimeout(resolve, 30));
      expect(unhandled).toStrictEqual([]);
    });
  });

  describe.each(names)('in %s of the only lead of a batch', (port) => {
    it.each(Object.keys(bugs))('that %s leaves no call under way', async (kind) => {
      const { ports, calls, poisoned, event } = batchOfTen();
      const alone = { Records: event.Records.filter(({ messageId }) => messageId === poisoned.event.lead_id) };
      expect(await run(poisoning(ports, poisoned, port, kind), alone)).toStrictEqual([poisoned.event.lead_id]);
      expect(calls.started).toBe(calls.ended);
    });
  });

  it('in the read of the owner ends no process where the raw object can not be read', async () => {
    const { ports, poisoned, event } = batchOfTen();
    const broken: EnrichPorts = {
      ...ports,
      readRaw: (key) => (key === poisoned.s3Key ? TE.left(unavailable('raw')(new Error())) : ports.readRaw(key)),
      readOwner: (id) => (id === poisoned.event.lead_id ? bugs['rejects later']!() : ports.readOwner(id)),
    };
    expect(await run(broken, event)).toStrictEqual([poisoned.event.lead_id]);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(unhandled).toStrictEqual([]);
  });

  it.each(['info', 'error'] as const)('in what is logged as %s undoes nothing that is done', async (level) => {
    const { ports, poisoned, event } = batchOfTen();
    const broken: EnrichPorts = {
      ...ports,
      readRaw: (key) => (key === poisoned.s3Key ? bugs['rejects at once']!() : ports.readRaw(key)),
    };
    jest.spyOn(logger, level).mockImplementation(() => {
      throw bug();
    });
    expect(await run(broken, event)).toStrictEqual([poisoned.event.lead_id]);
  });

  it('in a record of the queue fails that message, and no other', async () => {
    const { ports, event } = batchOfTen();
    const odd = { messageId: 'odd', receiptHandle: 'odd', body: undefined };
    expect(await run(ports, { Records: [odd, ...event.Records] } as unknown as SQSEvent)).toStrictEqual(['odd']);
  });
});
