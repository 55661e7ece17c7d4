import type { stackPorts } from '../../shared/aws/operator-stack';
import type { KeptMail } from '../../shared/operations/mailboxes';
import type { Problem } from '../api/problem';
import type { Pipeline } from './pipeline';

/** What the console asks of the world. `leadline` connects it to a stack with the credentials of its user. */
export type ConsolePorts = Readonly<{
  stackName: string;
  region: string;
  /** Who acts, as the history of an event records it. */
  by: string;
  isLocal: boolean;
  version: string;
  stack: ReturnType<typeof stackPorts>;
  pipeline: Pipeline;
  /** Reads the mails that the cloud has kept. Absent on AWS, which keeps none. */
  mailbox?: () => Promise<readonly KeptMail[]>;
  /** What an error means to the user, as `leadline` reports it. */
  problemOf: (error: unknown) => Problem;
  now: () => Date;
}>;
