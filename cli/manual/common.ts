import type { Command } from 'commander';
import { exitCodes } from '../terminal/exit-codes';

// What the manual pages of all commands share.

/** What each exit code means, unless the manual of a command says otherwise. */
const meanings: Readonly<Record<number, string>> = {
  [exitCodes.ok]: 'done',
  [exitCodes.failed]: 'failed, or something was left unchanged; the message says what to do',
  [exitCodes.usage]: 'wrong usage, or an invalid file; nothing was changed',
  [exitCodes.nothingMatched]: 'nothing matched, or one of the ids did not match',
  [exitCodes.declined]: 'you answered no; nothing was changed',
  [exitCodes.interrupted]: 'interrupted; the current step was finished, and the rest is unchanged',
};

/** The exit codes of a command with their meanings, in ascending order. Only a command that asks can be declined. */
export const exitCodesOf = (
  command: Command,
  own: Readonly<Partial<Record<number, string>>>,
): readonly (readonly [string, string])[] => {
  const isRoot = command.parent === null;
  const asks = isRoot || command.options.some(({ long }) => long === '--yes');
  return Object.entries({ ...meanings, ...own })
    .filter(([code]) => asks || Number(code) !== exitCodes.declined)
    .sort(([a], [b]) => Number(a) - Number(b))
    .map(([code, meaning = '']) => [code, meaning]);
};

/** The environment variables that every command reads. */
export const environment: Readonly<Record<string, string>> = {
  AWS_PROFILE: 'profile of the AWS configuration, if there is no --profile',
  AWS_ACCESS_KEY_ID:
    'credentials, if no profile is named; with AWS_SECRET_ACCESS_KEY, and AWS_SESSION_TOKEN for temporary ones',
  'AWS_REGION, AWS_DEFAULT_REGION': 'region of the stack, if there is no --region; before the region of the profile',
  AWS_ENDPOINT_URL:
    'URL of a local cloud, if there is no --endpoint-url; before endpoint_url of the profile. All other variables of ' +
    'the AWS SDKs, such as AWS_CONFIG_FILE, are read too',
  'HTTPS_PROXY, HTTP_PROXY, NO_PROXY': 'proxy for all requests, except to this machine',
  NODE_EXTRA_CA_CERTS: 'file with the certificates of a proxy that signs with its own',
  NO_COLOR: 'if it is not empty: no colour. FORCE_COLOR: colour also without a terminal, 0 for none. TERM=dumb: none',
  'LEADLINE_PAGER, PAGER':
    'program that shows what is longer than the terminal, before the default less -FRX; empty or cat: none',
};
