import { ScanCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ListUsersCommand, IAMClient } from '@aws-sdk/client-iam';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { reasons } from './capabilities';
import { stack } from './cloud';
import { deployedStacks } from './deployed';
import { refusalsOf } from './role-probe';

const cloud = stack(deployedStacks()[0]);
const { outputs } = cloud;

if (cloud.capabilities.enforcesIam) {
  describe('a query', () => {
    const { reader } = cloud;

    it('is refused unsigned', async () => {
      expect((await cloud.get('/leads?email=a@example.com')).status).toBe(403);
      expect((await cloud.get('/leads/some-lead')).status).toBe(403);
    });

    it('is refused with a wrong signature', async () => {
      const forged = { ...reader, secretAccessKey: 'not-the-secret-of-this-key' };
      expect((await cloud.get('/leads?email=a@example.com', forged)).status).toBe(403);
    });

    it('is answered for the reader', async () => {
      expect((await cloud.get('/leads?email=a@example.com', reader)).status).toBe(200);
    });
  });

  describe('the reader', () => {
    it('may do nothing but the two queries', async () => {
      const client = cloud.clientFor(cloud.reader);
      const attempts: readonly (() => Promise<unknown>)[] = [
        () => new DynamoDBClient(client).send(new ScanCommand({ TableName: outputs.TableName })),
        () =>
          new S3Client({ ...client, forcePathStyle: true }).send(
            new ListObjectsV2Command({ Bucket: outputs.RawBucketName }),
          ),
        () =>
          new SQSClient(client).send(new SendMessageCommand({ QueueUrl: outputs.DelayQueueUrl, MessageBody: '{}' })),
        () => new SecretsManagerClient(client).send(new GetSecretValueCommand({ SecretId: outputs.SourcesSecretName })),
        () => new LambdaClient(client).send(new InvokeCommand({ FunctionName: `${cloud.stackName}-QueryFunction` })),
        () => new IAMClient(client).send(new ListUsersCommand({})),
      ];
      for (const attempt of attempts) {
        await expect(attempt()).rejects.toMatchObject({ name: expect.stringMatching(/^AccessDenied/) as string });
      }
    });
  });

  describe('the role of each function', () => {
    it.each([
      [
        'IngestionFunction',
        [
          'dynamodb:Scan',
          'dynamodb:Query',
          's3:GetObject raw',
          's3:PutObject enriched',
          's3:GetObject lookup',
          'sqs:ReceiveMessage',
          'ses:SendEmail',
        ],
      ],
      [
        'EnrichmentFunction',
        [
          'dynamodb:Scan',
          's3:PutObject raw',
          's3:PutObject lookup',
          's3:ListBucket raw',
          's3:ListBucket lookup',
          'secretsmanager:GetSecretValue',
          'sqs:SendMessage',
          'sqs:SendMessage dead letters',
        ],
      ],
      [
        'QueryFunction',
        [
          'dynamodb:Scan',
          'dynamodb:PutItem',
          's3:GetObject raw',
          'sqs:SendMessage',
          'secretsmanager:GetSecretValue',
          'ses:SendEmail',
        ],
      ],
      [
        'ReconcileFunction',
        [
          'dynamodb:Scan',
          'dynamodb:PutItem',
          's3:GetObject raw',
          'ses:SendEmail',
          'secretsmanager:GetSecretValue',
          'sqs:ReceiveMessage',
        ],
      ],
    ])('%s may not do what its code does not do', async (name, forbidden) => {
      expect(await refusalsOf(cloud, name, forbidden)).toStrictEqual(
        Object.fromEntries(forbidden.map((action) => [action, 'refused'])),
      );
    });
  });
} else {
  it.skip(`access is not tested here: ${reasons.enforcesIam}`, () => undefined);
}
