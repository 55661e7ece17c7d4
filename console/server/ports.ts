import type { stackPorts } from '../../shared/aws/operator-stack';
import type { KeptMail } from '../../shared/operations/mailboxes';
import type { SourcesStore } from '../../shared/operations/sources/sources-store';
import type { SourceUrls } from '../../shared/operations/sources/source-urls';
import type { SentRequest } from '../../shared/sources/sent-request';
import type { Problem } from '../api/problem';
import type { Pipeline } from './pipeline';

/** The sources of the stack, and its API as their senders use it. */
export type SourcePorts = Readonly<{
  store: SourcesStore;
  urls: (id: string) => SourceUrls;
  /** Whether `POST /ingest` takes requests without a secret. */
  isIngestOpen: boolean;
  /** @throws an error if there is no answer */
  send: (request: SentRequest, url: string) => Promise<Response>;
}>;

/** What the console asks of the world. `leadline` connects it to a stack with the credentials of its user. */
export type ConsolePorts = Readonly<{
  stackName: string;
  region: string;
  /** Who acts, as the history of an event records it. */
  by: string;
  isLocal: boolean;
  version: string;
  /** The command in whose terminal Enter prints another address of the console. */
  startedBy: 'leadline console' | 'npm start';
  stack: ReturnType<typeof stackPorts>;
  sources: SourcePorts;
  pipeline: Pipeline;
  /** Reads the mails that the cloud has kept. Absent on AWS, which keeps none. */
  mailbox?: () => Promise<readonly KeptMail[]>;
  /** What an error means to the user, as `leadline` reports it. */
  problemOf: (error: unknown) => Problem;
  now: () => Date;
}>;
