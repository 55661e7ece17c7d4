import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { clientSettings } from '../../shared/aws/clients';
import { readLog } from '../../shared/aws/logs/read-log';
import type { ReadLog } from '../../shared/operations/tail/tail-log';
import { throughProxy } from './proxy';

/** Reads the logs of a stack's functions. */
export const readLogsOf = (stackName: string): ReadLog =>
  readLog(new CloudWatchLogsClient(throughProxy(clientSettings)), (functionName) =>
    logGroupOf(stackName, functionName),
  );

/** The log group of a function, as template.yaml names it. A stack can be given by its ARN. */
export const logGroupOf = (stackName: string, functionName: string): string =>
  `/aws/lambda/${stackName.startsWith('arn:') ? (stackName.split('/')[1] ?? '') : stackName}-${functionName}`;
