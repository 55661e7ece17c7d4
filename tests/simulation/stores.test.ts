import { clientSettings } from '../../shared/aws/clients';
import { describeStores } from '../contract/describe-stores';
import { Bucket } from './bucket';
import { clientsOver } from './clients';
import { type Cloud, names, perform } from './cloud';
import { Queue } from './queue';
import { Table } from './table';

describeStores('the simulated cloud', () => {
  const now = () => Date.now();
  const nothing = () => undefined;
  const cloud: Cloud = {
    now,
    table: new Table({ now, indexLagMs: () => 0, onChange: nothing }),
    buckets: { [names.raw]: new Bucket(), [names.lookup]: new Bucket(), [names.enriched]: new Bucket() },
    queues: {
      [names.queue]: new Queue(
        'm',
        { delayMs: 0, visibilityMs: 30_000, maxReceives: 3, retentionMs: Infinity },
        { now },
      ),
    },
    mail: nothing,
    sources: '{}',
    onSent: nothing,
    onPutOff: nothing,
  };
  const clients = clientsOver((command) => Promise.resolve().then(() => perform(cloud, command)), {
    dynamodb: clientSettings,
    s3: clientSettings,
    ses: clientSettings,
    sqs: clientSettings,
    secrets: clientSettings,
  });
  return Promise.resolve({
    ...clients,
    tableName: names.table,
    rawBucket: names.raw,
    lookupBucket: names.lookup,
    enrichedBucket: names.enriched,
    queueUrl: names.queue,
    close: () => Promise.resolve(),
  });
});
