/** What each kind of work needs, as docs/operations.md lists it. The page names it to a user whose credentials lack it. */
export const readingEvents = ['dynamodb:BatchGetItem on the table'];
export const readingLeads = ['dynamodb:Query on the table and its indexes', ...readingEvents];
export const readingDocuments = [...readingEvents, 's3:GetObject on the raw and the enriched bucket'];
export const changingEvents = [...readingEvents, 'dynamodb:UpdateItem on the table'];
export const sendingToDelayQueue = ['sqs:SendMessage on DelayQueue'];

export const readingLetters = [
  'sqs:GetQueueAttributes, sqs:ReceiveMessage and sqs:ChangeMessageVisibility on DeadLetterQueue',
  ...readingEvents,
];
export const discardingLetters = [
  ...readingLetters,
  'sqs:DeleteMessage on DeadLetterQueue',
  'dynamodb:UpdateItem on the table',
];
export const queueingAgain = ['sqs:SendMessage on RetryQueue', 'dynamodb:UpdateItem on the table'];
export const redrivingLetters = [...readingLetters, 'sqs:DeleteMessage on DeadLetterQueue', ...queueingAgain];
export const findingMissing = [...readingLetters, 'dynamodb:Scan on the table'];

export const readingQuarantine = ['s3:ListBucket on the raw bucket', 'dynamodb:Query on the table'];
export const discardingQuarantined = [...readingQuarantine, 'dynamodb:UpdateItem on the table'];
export const revalidating = [
  ...discardingQuarantined,
  's3:GetObject on quarantine/* and s3:PutObject on raw/* of the raw bucket',
  'secretsmanager:GetSecretValue on the sources secret',
  'dynamodb:PutItem on the table',
  ...sendingToDelayQueue,
];

/** S3 reports a missing file as denied without s3:ListBucket. */
export const readingOwner = ['s3:GetObject and s3:ListBucket on the lookup bucket'];
export const puttingOwner = ['s3:GetObject, s3:ListBucket and s3:PutObject on the lookup bucket'];
export const findingOwnerless = [...readingOwner, 'dynamodb:Scan on the table'];

export const readingSources = ['secretsmanager:GetSecretValue on the sources secret'];
export const changingSources = [
  ...readingSources,
  'secretsmanager:PutSecretValue and secretsmanager:UpdateSecretVersionStage on the sources secret',
];
