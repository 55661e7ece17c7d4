import type { Command } from 'commander';
import { completionCommand } from './commands/completion';
import { accessKeyCommand } from './commands/access-key';
import { compareCommand } from './commands/compare';
import { consoleCommand } from './commands/console';
import { dlqCommand } from './commands/dlq';
import { doctorCommand } from './commands/doctor';
import { helpCommand } from './commands/help';
import { leadCommand } from './commands/lead';
import { leadsCommand } from './commands/leads';
import { mailCommand } from './commands/mail';
import { ownersCommand } from './commands/owners';
import { quarantineCommand } from './commands/quarantine';
import { rebuildCommand } from './commands/rebuild';
import { replayCommand } from './commands/replay';
import { sendCommand } from './commands/send';
import { sourcesCommand } from './commands/sources';
import { statusCommand } from './commands/status';
import { tailCommand } from './commands/tail';
import { formatHelp } from './manual/format-help';
import { commandWith, type Manual } from './manual/manual';
import { ownVersion } from './own-version';
import type { Session } from './session';
import { endpointUrl, regionName } from './terminal/place-options';

/** The commands as the help of the root lists them. */
const groups: readonly (readonly [string, readonly ((session: Session) => Command)[]])[] = [
  ['SEND AND SEE', [statusCommand, tailCommand, consoleCommand, sendCommand, mailCommand, leadCommand, leadsCommand]],
  ['OPERATE', [dlqCommand, quarantineCommand, replayCommand, rebuildCommand, compareCommand]],
  ['CONFIGURE', [sourcesCommand, ownersCommand, accessKeyCommand]],
  ['MACHINE', [doctorCommand]],
];

/** Commands about `leadline` itself. They make no request. */
const machine = [completionCommand, helpCommand];

const manual: Manual = {
  details: [
    'leadline works on a deployed stack, with the permissions of your AWS credentials. It masks e-mail addresses and ' +
      'secrets in everything that it prints. The global options are valid before and after each command. An option goes ' +
      'before the environment, and the environment before the profile.',
  ],
  examples: [
    ['Send a lead', 'leadline send --lead-id test-2 --email carol@example.com'],
    ['See what becomes of it', 'leadline lead test-2'],
    [
      'Dead letters of a stack in another region',
      'leadline dlq list --stack-name crm-ingestion-prod --region eu-north-1',
    ],
    ['The manual page of a command', 'leadline help dlq redrive'],
  ],
  seeAlso: ['docs/operations.md', 'docs/cli.md'],
};

/** The command `leadline` without its sub-commands. Its options are valid before and after a sub-command. */
export const rootCommand = (): Command =>
  commandWith('leadline', manual)
    .description('Shows what becomes of each lead, and brings back what failed')
    .version(ownVersion(), '--version', 'print the version')
    .helpOption('--help', 'show the manual page of leadline or of a command')
    .option('--stack-name <name>', 'name of the stack', 'crm-ingestion-dev')
    .option('--profile <name>', 'profile of the AWS configuration; goes before AWS_PROFILE and AWS_ACCESS_KEY_ID')
    .option('--region <name>', 'region of the stack; goes before AWS_REGION and AWS_DEFAULT_REGION', regionName)
    .option('--endpoint-url <url>', 'URL of a local cloud; goes before AWS_ENDPOINT_URL', endpointUrl)
    .option('--json', 'print one JSON document, for programs')
    .option('--color', 'colour states and reasons, even without a terminal')
    .option('--no-color', 'use no colours; goes before NO_COLOR and FORCE_COLOR')
    .option('--no-pager', 'print what is longer than the terminal without a pager');

/** Adds all sub-commands to the root, with their manual pages. */
export const addCommands = (program: Command, session: Session): void => {
  for (const [heading, commands] of groups)
    for (const commandOf of commands) program.addCommand(commandOf(session).helpGroup(heading));
  program.helpCommand(false);
  for (const commandOf of machine) program.addCommand(commandOf(program).helpGroup('MACHINE'));
  formatHelp(program);
};
