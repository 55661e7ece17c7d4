import { CloudWatchLogsClient, paginateFilterLogEvents } from '@aws-sdk/client-cloudwatch-logs';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SESClient } from '@aws-sdk/client-ses';
import { SQSClient } from '@aws-sdk/client-sqs';
import { bucketsOf } from './buckets';
import { type Capabilities, capabilitiesOf, type Mail } from './capabilities';
import type { Credentials, Deployed } from './deployed';
import { httpOf } from './http';
import { queuesOf } from './queues';
import { tableOf } from './table';

/** A deployed stack as its users see it: through HTTP and the AWS APIs, without code of the project. */
export const stack = (deployed: Deployed) => {
  const { cloud, endpoint, region, stackName, outputs } = deployed;
  const clientFor = (credentials: Credentials) => ({ endpoint, region, credentials });
  const client = clientFor(deployed.credentials);
  const s3 = new S3Client({ ...client, forcePathStyle: true });
  const sqs = new SQSClient({ ...client, useQueueUrlAsEndpoint: false });
  const dynamodb = new DynamoDBClient(client);
  const logs = new CloudWatchLogsClient(client);
  const capabilities: Capabilities = capabilitiesOf(cloud);

  /** All mails that SES accepted. */
  const mails = async (): Promise<readonly Mail[]> =>
    capabilities.readMails(await (await fetch(`${endpoint}${capabilities.mailsPath}`)).json());

  return {
    ...deployed,
    ...httpOf(deployed),
    ...bucketsOf(s3, outputs),
    ...queuesOf(sqs, outputs),
    ...tableOf(dynamodb, outputs.TableName),
    capabilities,
    clientFor,
    s3,
    sqs,
    dynamodb,
    lambda: new LambdaClient(client),
    secrets: new SecretsManagerClient(client),
    ses: new SESClient(client),
    mails,
    mailsAbout: async (leadId: string): Promise<readonly Mail[]> =>
      (await mails()).filter(({ subject }) => subject.includes(`(${leadId})`)),
    /** The whole log of a function. */
    logOf: async (functionName: string): Promise<string> => {
      const logGroupName = `/aws/lambda/${stackName}-${functionName}`;
      const lines: string[] = [];
      for await (const { events = [] } of paginateFilterLogEvents({ client: logs }, { logGroupName })) {
        lines.push(...events.map(({ message = '' }) => message));
      }
      return lines.join('\n');
    },
  };
};

export type Stack = ReturnType<typeof stack>;
