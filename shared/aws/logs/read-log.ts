import type { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { StoreError } from '../../operations/store-error';
import type { LoggingFunction } from '../../operations/tail/log-line';
import type { ReadLog } from '../../operations/tail/tail-log';
import { unavailable } from '../../ports/store-failure';
import { filterLog } from './filter-log';

/** Reads the logs of functions. @param groupOf the log group of a function */
export const readLog = (client: CloudWatchLogsClient, groupOf: (functionName: LoggingFunction) => string): ReadLog =>
  async function* (functionName, from, to) {
    try {
      yield* filterLog(client, groupOf(functionName), from, to);
    } catch (error) {
      throw new StoreError(unavailable('log')(error));
    }
  };
