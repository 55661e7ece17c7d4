import {
  type BatchGetItemCommandInput,
  ConditionalCheckFailedException,
  type PutItemCommandInput,
  type QueryCommandInput,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import { activityPartition } from '../../shared/aws/table-keys';
import { Table } from '../simulation/table';
import { type Call, fakeAws, type Reply, taken } from './fake-aws';
import { fakeSecret } from './fake-secret';
import { type Item, refusedWriteUnits, storedSize, writeUnits } from './write-units';

/** A write of the table: what it wrote, such as `UpdateItem EVENT`, and its units in the table and in each index. */
export type Write = Readonly<{ what: string; units: Readonly<Record<string, number>> }>;

const mailed = '<SendEmailResponse><SendEmailResult><MessageId>1</MessageId></SendEmailResult></SendEmailResponse>';

const notFound: Reply = { status: 404, body: '<Error><Code>NoSuchKey</Code><Message>none</Message></Error>' };

type Around = Readonly<{
  /** Starts when a call arrives, and ends when it may be answered. */
  latency?: () => Promise<void>;
  /** Answers a call before this fake does. */
  reply?: (call: Call) => Reply | undefined;
  onReply?: (call: Call, reply: Reply) => void;
}>;

/**
 * A fake AWS that keeps what the functions store: objects, and the table with its conditions. It counts calls and write
 * units.
 */
export const countingAws = async (sources: Readonly<Record<string, unknown>>, around: Around = {}) => {
  const objects = new Map<string, Reply>();
  const writes: Write[] = [];
  let units: Write['units'] = {};
  const table = new Table({
    now: Date.now,
    indexLagMs: () => 0,
    onChange: ({ before, after }) => (units = writeUnits(before, after)),
  });
  const secret = fakeSecret(JSON.stringify(sources));

  const write = ({ operation }: Call, key: Item, apply: () => object): Reply => {
    const { pk, sk } = key;
    const existing = table.get(pk?.S ?? '', sk?.S ?? '');
    const other = pk?.S === activityPartition ? 'ACTIVITY' : 'QUARANTINE';
    const kind = /^(LEAD|EVENT)#/.exec(sk?.S ?? '')?.[1] ?? other;
    const what = `${operation} ${kind}`;
    try {
      const answer = apply();
      writes.push({ what, units });
      return { body: answer };
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      writes.push({ what: `${what}, refused`, units: refusedWriteUnits(existing) });
      return { status: 400, body: { __type: error.name, message: error.message, Item: error.Item } };
    }
  };

  const dynamodb = (call: Call): Reply | undefined => {
    const { operation, body } = call;
    if (operation === 'PutItem') {
      const input = body as unknown as PutItemCommandInput;
      return write(call, input.Item ?? {}, () => table.put(input));
    }
    if (operation === 'UpdateItem') {
      const input = body as unknown as UpdateItemCommandInput;
      return write(call, input.Key ?? {}, () => table.update(input));
    }
    if (operation === 'BatchGetItem') return { body: table.batchGet(body as unknown as BatchGetItemCommandInput) };
    return operation === 'Query' ? { body: table.query(body as unknown as QueryCommandInput) } : undefined;
  };

  const s3 = ({ operation, body }: Call): Reply | undefined => {
    const [method = '', path = ''] = operation.split(' ');
    if (method === 'PUT') {
      const headers = { ...(body.metadata as Record<string, string>), 'last-modified': new Date().toUTCString() };
      objects.set(path, { headers, body: String(body.text) });
      return { body: '' };
    }
    return method === 'GET' ? (objects.get(path) ?? notFound) : undefined;
  };

  const reply = (call: Call): Reply => {
    if (call.operation === 'GetSecretValue') return secret.reply(call);
    if (call.operation === 'SendMessage') return taken(call);
    if (call.operation === 'SendEmail') return { body: mailed };
    return dynamodb(call) ?? s3(call) ?? { body: {} };
  };
  const aws = await fakeAws((call) => {
    const answer = around.reply?.(call) ?? reply(call);
    around.onReply?.(call, answer);
    return answer;
  }, around.latency);

  /** Runs `work` and returns what it called. The place of an object is left out, except its bucket. */
  const during = async (work: () => Promise<unknown>) => {
    aws.calls.length = 0;
    writes.length = 0;
    await work();
    const called = [...aws.calls];
    return { calls: called.map(nameOf).sort(), called, writes: [...writes] };
  };

  return {
    endpoint: aws.endpoint,
    server: aws.server,
    during,
    putObject: (path: string, body: object) => objects.set(path, { body: JSON.stringify(body) }),
    /** The bytes of all items in the table and its indexes. */
    storedBytes: () => [...table.items].reduce((sum, item) => sum + storedSize(item), 0),
    close: aws.close,
  };
};

/** Such as `SendMessage`, or `PUT RawBucket` for S3. */
const nameOf = ({ operation }: Call): string => operation.replace(/ \/([^/]+)\/.*$/, ' $1');

/** All write units of these writes. */
export const unitsOf = (writes: readonly Write[]): number =>
  writes.flatMap(({ units }) => Object.values(units)).reduce((sum, one) => sum + one, 0);
