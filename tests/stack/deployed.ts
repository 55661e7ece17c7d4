import type { Outputs } from '../../dev/cloud/deploy';
import type { CloudName } from './capabilities';

export type Credentials = Readonly<{ accessKeyId: string; secretAccessKey: string; sessionToken?: string }>;

/** A cloud on which a global set-up has deployed the template. */
export type Deployed = Readonly<{
  cloud: CloudName;
  endpoint: string;
  region: string;
  /** The key of the account's root. */
  credentials: Credentials;
  stackName: string;
  delaySeconds: number;
  outputs: Outputs;
  /** A key of the user that may read leads. All tests share one, because AWS allows two keys for each user. */
  reader: Credentials;
  /** The physical ids of its resources before its update. Absent if it was deployed only once. */
  resourcesBefore?: Readonly<Record<string, string>>;
}>;

/** The environment variable by which the set-up passes the stacks to the processes of the tests. */
const variable = 'LEADLINE_DEPLOYED';

export const leaveForTests = (deployed: readonly Deployed[]): void => {
  process.env[variable] = JSON.stringify(deployed);
};

/** All stacks that the set-up deployed. Most tests use the first one. */
export const deployedStacks = (): readonly [Deployed, ...Deployed[]] => {
  const left = process.env[variable];
  if (left === undefined) {
    throw new Error('These tests need a deployed stack. Run them by npm test or npm run test:localstack.');
  }
  return JSON.parse(left) as [Deployed, ...Deployed[]];
};
