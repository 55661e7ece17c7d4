import type { SQSEvent } from 'aws-lambda';
import * as E from 'fp-ts/Either';
import * as TE from 'fp-ts/TaskEither';
import type { Delivery } from '../../EnrichmentFunction/enrich-lead';
import { answerBatch } from '../../EnrichmentFunction/sqs';
import { logger } from '../../shared/observability/logger';
import { arbitraryRecord } from '../arbitrary';

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

  it('is worked off to its end though an error of ours is thrown over one lead, whose text stays out of the log', async () => {
    const written = jest.spyOn(logger, 'error').mockImplementation();
    const finished: string[] = [];
    const answer = answerBatch(
      ({ message }: Delivery) =>
        async () => {
          if (message.s3_key === 'raw/bad.json') throw new TypeError('alice@example.com.replace is not a function');
          await new Promise((resolve) => setImmediate(resolve));
          finished.push(message.s3_key);
          return E.right({ kind: 'notified' as const, record: arbitraryRecord() });
        },
      3,
    );
    const batch = batchOf(...['bad', 'good', 'better'].map((name) => messageOf(name, { s3_key: `raw/${name}.json` })));
    expect(await answer(batch, () => 30_000)).toStrictEqual({ batchItemFailures: [{ itemIdentifier: 'bad' }] });
    expect(finished).toStrictEqual(['raw/good.json', 'raw/better.json']);
    expect(JSON.stringify(written.mock.calls)).toContain('TypeError');
    expect(JSON.stringify(written.mock.calls)).not.toContain('alice');
  });

  it.each([
    [2, 'lead to be retried'],
    [3, 'lead failed'],
  ])('says of a message that can not be read at receive %i: %s', async (receiveCount, what) => {
    const written = jest.spyOn(logger, 'error').mockImplementation();
    const answer = answerBatch(
      () => TE.left({ reason: 'raw-missing', detail: '', next: 'retry', event: undefined }),
      3,
    );
    await answer(batchOf(messageOf('m', 'not JSON', receiveCount)), () => 30_000);
    expect(written).toHaveBeenCalledWith(what, expect.objectContaining({ reason: 'message-unreadable' }));
  });
});
