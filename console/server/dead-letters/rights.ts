/** What work on dead letters needs, as docs/operations.md lists it. */
export const readingLetters = [
  'sqs:GetQueueAttributes, sqs:ReceiveMessage and sqs:ChangeMessageVisibility on DeadLetterQueue',
  'dynamodb:BatchGetItem on the table',
];
export const queueingAgain = ['sqs:SendMessage on RetryQueue', 'dynamodb:UpdateItem on the table'];
export const redrivingLetters = [...readingLetters, 'sqs:DeleteMessage on DeadLetterQueue', ...queueingAgain];
export const discardingLetters = [
  ...readingLetters,
  'sqs:DeleteMessage on DeadLetterQueue',
  'dynamodb:UpdateItem on the table',
];
export const findingMissing = [...readingLetters, 'dynamodb:Scan on the table'];
