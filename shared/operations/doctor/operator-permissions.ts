import { type Diagnosis, ok, warning } from './finding';

/** A resource of the stack that an operator uses. */
export type OperatorResource =
  | 'stack'
  | 'table'
  | 'DeadLetterQueue'
  | 'RetryQueue'
  | 'DelayQueue'
  | 'raw bucket'
  | 'raw objects'
  | 'lookup bucket'
  | 'lookup objects'
  | 'sources secret'
  | 'GET /leads'
  | 'all metrics'
  | 'logs of the functions';

/** What an operator needs: the table "Permissions of an operator" of docs/operations.md, by resource. */
export const operatorPermissions: Readonly<Record<OperatorResource, readonly string[]>> = {
  stack: ['cloudformation:DescribeStacks'],
  table: ['BatchGetItem', 'UpdateItem', 'PutItem', 'Query', 'Scan', 'DescribeTable'].map((name) => `dynamodb:${name}`),
  DeadLetterQueue: ['GetQueueAttributes', 'ReceiveMessage', 'ChangeMessageVisibility', 'DeleteMessage'].map(
    (name) => `sqs:${name}`,
  ),
  RetryQueue: ['sqs:SendMessage'],
  DelayQueue: ['sqs:SendMessage'],
  'raw bucket': ['s3:ListBucket'],
  'raw objects': ['s3:GetObject', 's3:PutObject'],
  'lookup bucket': ['s3:ListBucket'],
  'lookup objects': ['s3:GetObject', 's3:PutObject'],
  'sources secret': ['GetSecretValue', 'PutSecretValue', 'UpdateSecretVersionStage'].map(
    (name) => `secretsmanager:${name}`,
  ),
  'GET /leads': ['execute-api:Invoke'],
  'all metrics': ['cloudwatch:GetMetricData'],
  'logs of the functions': ['logs:FilterLogEvents'],
};

export type MissingPermission = Readonly<{ action: string; on: OperatorResource }>;

export const judgePermissions = (missing: readonly MissingPermission[]): Diagnosis => {
  const count = Object.values(operatorPermissions).flat().length;
  if (missing.length === 0) return ok(`you have the ${count} permissions that an operator needs`);
  const list = missing.map(({ action, on }) => `${action} on ${on}`).join(', ');
  return warning(
    `you lack ${missing.length} of the ${count} permissions that an operator needs: ${list}`,
    'Ask an administrator for those of the commands that you use: "Permissions of an operator" in docs/operations.md.',
  );
};
