import { Command } from 'commander';
import { consoleCommand } from './commands/console';
import { dlqCommand } from './commands/dlq';
import { leadCommand } from './commands/lead';
import { leadsCommand } from './commands/leads';
import { mailCommand } from './commands/mail';
import { quarantineCommand } from './commands/quarantine';
import { rebuildCommand } from './commands/rebuild';
import { replayCommand } from './commands/replay';
import { sendCommand } from './commands/send';
import { sourcesCommand } from './commands/sources';
import type { Session } from './session';
import { endpointUrl, regionName } from './terminal/place-options';

/** The commands as the help of the root lists them. */
const groups: readonly (readonly [string, readonly ((session: Session) => Command)[]])[] = [
  ['Send and see', [consoleCommand, sendCommand, mailCommand, leadCommand, leadsCommand]],
  ['Operate', [dlqCommand, quarantineCommand, replayCommand, rebuildCommand]],
  ['Configure', [sourcesCommand]],
];

const help = `
Exit codes: 0 success, 1 failed or something was left unchanged, 2 wrong usage, 3 nothing matched or an id did not
match, 4 you answered no, 130 interrupted (the current step was finished, the rest is unchanged).
leadline uses the standard AWS environment: AWS_PROFILE, AWS_REGION or AWS_DEFAULT_REGION, AWS_ENDPOINT_URL and so on.`;

/** The command `leadline` without its sub-commands. Its options are valid before and after a sub-command. */
export const rootCommand = (): Command =>
  new Command('leadline')
    .description('Shows what happened to each lead, and redrives what failed.')
    .option('--stack-name <name>', 'name of the stack', 'crm-ingestion-dev')
    .option('--profile <name>', 'profile of the AWS configuration; goes before AWS_PROFILE and the keys of AWS')
    .option('--region <name>', 'region of the stack; goes before AWS_REGION and AWS_DEFAULT_REGION', regionName)
    .option('--endpoint-url <url>', 'URL of a local cloud; goes before AWS_ENDPOINT_URL', endpointUrl)
    .option('--json', 'print JSON, for programs')
    .addHelpText('after', help);

export const addCommands = (program: Command, session: Session): void => {
  for (const [heading, commands] of groups)
    for (const commandOf of commands) program.addCommand(commandOf(session).helpGroup(`${heading}:`));
};
