import type { SQSEvent } from 'aws-lambda';
import * as E from 'fp-ts/Either';
import * as TE from 'fp-ts/TaskEither';
import type { Delivery } from '../../../../EnrichmentFunction/outcome';
import { answerBatch, type BatchPorts } from '../../../../EnrichmentFunction/sqs/answer-batch';
import type { Attempt } from '../../../../shared/ports/attempt';
import { logger } from '../../../../shared/lambda/logger';
import { unavailable } from '../../../../shared/ports/store-failure';
import { arbitraryBatchPorts, arbitraryRecord } from '../../../support/arbitrary';

const messageOf = (messageId: string, body: unknown, receiveCount = 1) => ({
  messageId,
  receiptHandle: messageId,
  body: typeof body === 'string' ? body : JSON.stringify(body),
  attributes: { ApproximateReceiveCount: String(receiveCount) },
});

const batchOf = (...Records: readonly object[]) => ({ Records }) as unknown as SQSEvent;

describe('a batch', () => {
  beforeEach(() => {
    jest.spyOn(logger, 'info').mockImplementation();
  });
  afterEach(() => {
    jest.restoreAllMocks();
  });

  it('is worked through if an error is thrown over one lead, and the message of the error is not logged', async () => {
    const written = jest.spyOn(logger, 'error').mockImplementation();
    const finished: string[] = [];
    const answer = answerBatch(
      arbitraryBatchPorts(({ message }: Delivery) => async () => {
        if (message.s3_key === 'raw/bad.json') throw new TypeError('alice@example.com.replace is not a function');
        await new Promise((resolve) => setImmediate(resolve));
        finished.push(message.s3_key);
        return E.right({ kind: 'notified' as const, record: arbitraryRecord() });
      }),
    );
    const batch = batchOf(...['bad', 'good', 'better'].map((name) => messageOf(name, { s3_key: `raw/${name}.json` })));
    expect(await answer(batch, () => 30_000)).toStrictEqual({ batchItemFailures: [{ itemIdentifier: 'bad' }] });
    expect(finished).toStrictEqual(['raw/good.json', 'raw/better.json']);
    expect(JSON.stringify(written.mock.calls)).toContain('TypeError');
    expect(JSON.stringify(written.mock.calls)).not.toContain('alice');
  });

  it('is logged before the work on it begins, so that the invocation of a lost worker can be found', async () => {
    const info = jest.spyOn(logger, 'info').mockImplementation();
    const record = arbitraryRecord();
    const answer = answerBatch(
      arbitraryBatchPorts(() => () => {
        expect(info).toHaveBeenCalledTimes(1);
        return Promise.resolve(E.right({ kind: 'notified' as const, record }));
      }),
    );
    await answer(
      batchOf(
        messageOf('m1', { s3_key: 'raw/a.json', lead_id: 'L-1', event_id: 'e1' }),
        messageOf('m2', '{"s3_key": 7, "note": "alice@example.com"}'),
      ),
      () => 30_000,
    );
    expect(info.mock.calls[0]).toStrictEqual([
      'batch started',
      {
        messages: [
          { lead_id: 'L-1', event_id: 'e1' },
          { message_id: 'm2', receive_count: 1 },
        ],
      },
    ]);
  });

  it.each([
    [2, 'attempt failed'],
    [3, 'lead failed'],
  ])('says of a message that can not be read at receive %i: %s', async (receiveCount, what) => {
    const written = jest.spyOn(logger, 'error').mockImplementation();
    const answer = answerBatch(
      arbitraryBatchPorts(() => TE.left({ reason: 'raw-missing', detail: '', next: 'retry', event: undefined })),
    );
    await answer(batchOf(messageOf('m', 'not JSON', receiveCount)), () => 30_000);
    expect(written).toHaveBeenCalledWith(what, expect.objectContaining({ reason: 'message-unreadable' }));
  });

  describe('with messages that are retried', () => {
    const batch = batchOf(
      messageOf('new', { s3_key: 'raw/new.json' }),
      messageOf('back', { s3_key: 'raw/back.json' }, 2),
    );

    const working = (setAside?: BatchPorts['setAside']) => {
      const steps: string[] = [];
      const answer = answerBatch({
        ...arbitraryBatchPorts(({ message }) => () => {
          steps.push(`work ${message.s3_key}`);
          return Promise.resolve(E.right({ kind: 'notified' as const, record: arbitraryRecord() }));
        }),
        setAside: (message) => async () => {
          // A send takes a moment; no work may begin meanwhile.
          await new Promise((resolve) => setImmediate(resolve));
          steps.push(`aside ${message.body}`);
          return setAside === undefined ? E.right(undefined) : setAside(message)();
        },
      });
      return { answer, steps };
    };

    it('sets each aside, to be worked on by itself, before the work on the others begins', async () => {
      const { answer, steps } = working();
      expect(await answer(batch, () => 30_000)).toStrictEqual({ batchItemFailures: [] });
      expect(steps).toStrictEqual(['aside {"s3_key":"raw/back.json"}', 'work raw/new.json']);
    });

    it('leaves one in its queue that could not be set aside, and works on the others', async () => {
      jest.spyOn(logger, 'error').mockImplementation();
      const { answer, steps } = working(() => TE.left(unavailable('queue')(new Error())));
      expect(await answer(batch, () => 30_000)).toStrictEqual({ batchItemFailures: [{ itemIdentifier: 'back' }] });
      expect(steps).toContain('work raw/new.json');
    });

    it('works on one that is alone in its batch', async () => {
      const { answer, steps } = working();
      await answer(batchOf(messageOf('back', { s3_key: 'raw/back.json' }, 2)), () => 30_000);
      expect(steps).toStrictEqual(['work raw/back.json']);
    });
  });

  it('counts the receive before for a message of the retry queue, and puts it off there', async () => {
    const attempts: Attempt[] = [];
    const ports = arbitraryBatchPorts(({ attempt }) => {
      attempts.push(attempt);
      return TE.right({ kind: 'notified' as const, record: arbitraryRecord() });
    });
    const message = { ...messageOf('m', { s3_key: 'raw/m.json' }), eventSourceARN: ports.retryQueueArn };
    await answerBatch(ports)(batchOf(message), () => 30_000);
    expect(attempts).toMatchObject([{ receiveCount: 2, queueUrl: ports.retryQueueUrl }]);
  });
});
