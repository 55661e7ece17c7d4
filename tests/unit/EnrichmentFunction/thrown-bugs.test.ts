import type { SQSEvent } from 'aws-lambda';
import * as E from 'fp-ts/Either';
import * as TE from 'fp-ts/TaskEither';
import { enrichLead, type EnrichPorts } from '../../../EnrichmentFunction/enrich-lead';
import { answerBatch } from '../../../EnrichmentFunction/sqs/answer-batch';
import { ingestLead } from '../../../IngestionFunction/ingest-lead';
import { requeueStuck } from '../../../ReconcileFunction/requeue-stuck';
import type { PendingEvent } from '../../../shared/stored/event-item';
import type { LeadId } from '../../../shared/lead/lead-id';
import { messageFor } from '../../../shared/stored/queue-message';
import type { RecordedEvent } from '../../../shared/lead/recorded-event';
import { factsOf } from '../../../shared/stored/recorded-facts';
import { unavailable } from '../../../shared/ports/store-failure';
import { logger } from '../../../shared/lambda/logger';
import { arbitraryAttempt, arbitraryBatchPorts, arbitraryRecord } from '../../support/arbitrary';

type PortName = Exclude<keyof EnrichPorts, 'maxReceives' | 'unconfirmedPauseMs'>;

const leaseUntil = new Date('2026-01-01T00:01:00Z');

/** The ports of a batch; `calls` counts what was started and what has ended. */
const portsFor = (records: readonly RecordedEvent[]) => {
  const calls = { started: 0, ended: 0, mailed: [] as LeadId[] };
  const step =
    <A>(answer: A, note: () => void = () => undefined): TE.TaskEither<never, A> =>
    async () => {
      calls.started += 1;
      await new Promise((resolve) => setTimeout(resolve, 5));
      note();
      calls.ended += 1;
      return E.right(answer);
    };
  const recordAt = (key: string) => records.find(({ s3Key }) => s3Key === key)!;
  const ports: EnrichPorts = {
    readRaw: (key) => step({ ...recordAt(key), labelled: true }),
    findRecords: () => step([]),
    readOwner: () => step({ owner_name: 'Bob' }),
    noteRetry: () => step(undefined),
    claimEvent: (one) => step({ kind: 'claimed' as const, leaseUntil, known: factsOf(one) }),
    storeEnriched: () => step(undefined),
    saveEnrichedLead: () => step(undefined),
    sendMail: ({ record }) => step(undefined, () => calls.mailed.push(record.event.lead_id)),
    markNotified: () => step(undefined),
    recordFailure: () => step(undefined),
    endRefresh: () => step(undefined),
    postpone: () => step(undefined),
    resend: () => step(undefined),
    maxReceives: 3,
    unconfirmedPauseMs: 900_000,
  };
  return { ports, calls };
};

const bug = () => new TypeError('undefined is not a function');

const kinds: Readonly<Record<string, () => TE.TaskEither<never, never>>> = {
  'throws when it is called': () => {
    throw bug();
  },
  'throws when its task runs': () => () => {
    throw bug();
  },
  'rejects at once': () => () => Promise.reject(bug()),
  'rejects later': () => () => new Promise((_, reject) => setTimeout(() => reject(bug()), 20)),
};

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
    return { ...portsFor(records), records, poisoned, event };
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
    return Object.assign({}, ports, ...way, swap(port, kinds[kind]!)) as EnrichPorts;
  };

  describe.each(names)('in %s', (port) => {
    it.each(Object.keys(kinds))('that %s fails its own message, and no other', async (kind) => {
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
    it.each(Object.keys(kinds))('that %s leaves no call under way', async (kind) => {
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
      readOwner: (id) => (id === poisoned.event.lead_id ? kinds['rejects later']!() : ports.readOwner(id)),
    };
    expect(await run(broken, event)).toStrictEqual([poisoned.event.lead_id]);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(unhandled).toStrictEqual([]);
  });

  it.each(['info', 'error'] as const)('in what is logged as %s undoes nothing that is done', async (level) => {
    const { ports, poisoned, event } = batchOfTen();
    const broken: EnrichPorts = {
      ...ports,
      readRaw: (key) => (key === poisoned.s3Key ? kinds['rejects at once']!() : ports.readRaw(key)),
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

describe('a bug over one stuck event', () => {
  it('keeps the reconciler from none of the others', async () => {
    const [bad, good] = [arbitraryRecord(), arbitraryRecord()].map(
      ({ event, eventId, s3Key, receivedAt, eventTime }) => ({
        lead_id: event.lead_id,
        event_id: eventId,
        source: event.source,
        s3_key: s3Key,
        state: 'RECEIVED' as const,
        received_at: receivedAt,
        event_time: eventTime,
        pending_since: receivedAt,
      }),
    ) as [PendingEvent, PendingEvent];
    const outcome = await requeueStuck({
      findPending: () => TE.right({ events: [bad, good], unreadable: [] }),
      enqueue: ({ event_id }) =>
        event_id === bad.event_id ? kinds['throws when its task runs']!() : TE.right(undefined),
      markRequeued: () => TE.right(undefined),
      giveUp: () => TE.right(true),
      now: () => new Date(0),
      patienceMs: 0,
      limit: 10,
      maxReceives: 3,
      maxLostMessages: 3,
      workerLifeMs: 60_000,
      readQueueLoad: TE.right({ waiting: 0, inFlight: 0 }),
    })();
    expect(outcome).toMatchObject(E.right({ requeued: [good], failed: [{ kind: 'unavailable', cause: 'TypeError' }] }));
  });
});

describe('a bug in a step of the ingestion', () => {
  it.each(Object.keys(kinds))('that %s leaves no call under way', async (kind) => {
    const calls = { started: 0, ended: 0 };
    const step = () => async () => {
      calls.started += 1;
      await new Promise((resolve) => setTimeout(resolve, 10));
      calls.ended += 1;
      return E.right(undefined);
    };
    const ingest = ingestLead({
      recordEvent: (record) => TE.right({ kind: 'new', record }),
      storeRaw: kinds[kind]!,
      saveLead: step,
      enqueue: step,
      queueAgain: () => TE.right(true),
    });
    await expect(ingest(arbitraryRecord())()).rejects.toThrow(TypeError);
    expect(calls.started).toBe(calls.ended);
  });
});

describe('enriching a lead', () => {
  it('starts nothing before it is run', async () => {
    const one = arbitraryRecord();
    const { ports, calls } = portsFor([one]);
    const enrich = enrichLead(ports)({ message: messageFor(one), attempt: arbitraryAttempt() });
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(calls.started).toBe(0);
    expect(await enrich()).toStrictEqual(E.right({ kind: 'notified', record: one }));
    // A task can be run again.
    expect(await enrich()).toStrictEqual(E.right({ kind: 'notified', record: one }));
    expect(calls.started).toBe(14);
  });

  it('reads the owner while it reads the raw object', async () => {
    const one = arbitraryRecord();
    const { ports } = portsFor([one]);
    const underWay: string[] = [];
    const waitingForBoth = (name: string) => async () => {
      underWay.push(name);
      while (underWay.length < 2) await new Promise(setImmediate);
    };
    const both: EnrichPorts = {
      ...ports,
      readRaw: () => () => waitingForBoth('raw')().then(() => E.right({ ...one, labelled: true })),
      readOwner: () => () => waitingForBoth('owner')().then(() => E.right({ owner_name: 'Bob' })),
    };
    const outcome = await enrichLead(both)({ message: messageFor(one), attempt: arbitraryAttempt() })();
    expect(outcome).toStrictEqual(E.right({ kind: 'notified', record: one }));
  });
});
