import type { ConsolePorts } from '../../console/server/ports';
import { maskAddresses } from '../../shared/codecs/mask-addresses';
import { pipelineModel } from '../../shared/operations/overview/pipeline-model';
import { systemClock } from '../../shared/operations/overview/system-clock';
import { ownVersion } from '../own-version';
import { errorReport } from '../problems/error-report';
import { localEndpoint } from './local-endpoint';
import { openSources } from './open-sources';
import { openStack } from './open-stack';
import { operatorOf } from './operator';
import { readMailbox } from './read-mailbox';
import { readSendersOf } from './read-senders';

/** By this variable `npm start` says that its terminal prints the addresses of the console. */
const startedByVariable = 'LEADLINE_STARTED_BY';

/**
 * Connects the console to a deployed stack, with the credentials of the standard AWS environment.
 *
 * @throws a Problem that says what to do if the stack does not exist or cannot be described
 */
export const openConsole = async (stackName: string): Promise<ConsolePorts> => {
  const [stack, sources, by] = await Promise.all([openStack(stackName), openSources(stackName), operatorOf()]);
  const endpoint = localEndpoint(process.env);
  return {
    stackName,
    region: process.env.AWS_REGION ?? '',
    by,
    isLocal: endpoint !== undefined,
    version: ownVersion(),
    startedBy: process.env[startedByVariable] === 'npm start' ? 'npm start' : 'leadline console',
    stack,
    sources,
    pipeline: pipelineModel(stack.overview(readSendersOf(stackName)), systemClock),
    ...(endpoint === undefined ? {} : { mailbox: () => readMailbox(endpoint) }),
    problemOf: (error) => {
      const { kind, message } = errorReport(error);
      return { kind, message: maskAddresses(message) };
    },
    now: () => new Date(),
  };
};
