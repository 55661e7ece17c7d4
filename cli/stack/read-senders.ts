import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { clientSettings } from '../../shared/aws/clients';
import { sendersFromLog } from '../../shared/aws/overview/senders-from-log';
import { sendersFromMetrics } from '../../shared/aws/overview/senders-from-metrics';
import type { OverviewPorts } from '../../shared/operations/overview/overview-ports';
import { localEndpoint } from './local-endpoint';
import { throughProxy } from './proxy';
import { logGroupOf } from './read-logs';

/** Where an overview reads rejections and secrets: a local cloud makes no metrics of the log, so the log itself is read. */
export const readSendersOf = (stackName: string): OverviewPorts['readSenders'] =>
  localEndpoint(process.env) === undefined
    ? sendersFromMetrics(new CloudWatchClient(throughProxy(clientSettings)), () => new Date())
    : sendersFromLog(
        new CloudWatchLogsClient(throughProxy(clientSettings)),
        logGroupOf(stackName, 'IngestionFunction'),
        () => new Date(),
      );
