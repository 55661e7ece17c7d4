import '../shared/lambda/json-lines';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SQSClient } from '@aws-sdk/client-sqs';
import { configuration } from '../shared/lambda/configuration';
import { withMetrics } from '../shared/lambda/metrics';
import { answerRequest, ingestionClientSettings, ingestionPorts, ingestionSettings } from './compose';

const settings = configuration(ingestionSettings);

const clients = {
  dynamodb: new DynamoDBClient(ingestionClientSettings.dynamodb),
  s3: new S3Client(ingestionClientSettings.s3),
  secrets: new SecretsManagerClient(ingestionClientSettings.secrets),
  sqs: new SQSClient(ingestionClientSettings.sqs),
};

const ports = ingestionPorts(clients, settings, () => new Date());

export const handler = withMetrics(answerRequest(ports, settings));
