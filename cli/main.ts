import { Command } from 'commander';
import { endWithParent } from '../dev/end-with-parent';
import { dlqCommand } from './commands/dlq';
import { leadCommand } from './commands/lead';
import { leadsCommand } from './commands/leads';
import { mailCommand } from './commands/mail';
import { quarantineCommand } from './commands/quarantine';
import { rebuildCommand } from './commands/rebuild';
import { replayCommand } from './commands/replay';
import { sendCommand } from './commands/send';
import { sourcesCommand } from './commands/sources';
import { reportError } from './problems/report-error';
import { sessionOf } from './session';
import { checkEnvironment } from './stack/check-environment';
import { settleRegion } from './stack/region-of-environment';
import { asksForJson } from './terminal/asks-for-json';
import { refuseEmptyValues } from './terminal/empty-values';
import { watchOutputs } from './terminal/output-errors';

const help = `
Exit codes: 0 success, 1 failed or something was left unchanged, 2 wrong usage, 3 nothing matched or an id did not
match, 4 you answered no, 130 interrupted (the current step was finished, the rest is unchanged).
leadline uses the standard AWS environment: AWS_PROFILE, AWS_REGION or AWS_DEFAULT_REGION, AWS_ENDPOINT_URL and so on.`;

const program = new Command('leadline')
  .description('Shows what happened to each lead, and redrives what failed.')
  .option('--stack-name <name>', 'name of the stack', 'crm-ingestion-dev')
  .option('--json', 'print JSON, for programs')
  .addHelpText('after', help);

settleRegion(process.env);
const session = sessionOf(program);
endWithParent(session.interrupt);
const commands = [
  sendCommand,
  mailCommand,
  leadCommand,
  leadsCommand,
  dlqCommand,
  quarantineCommand,
  replayCommand,
  rebuildCommand,
  sourcesCommand,
];
for (const commandOf of commands) program.addCommand(commandOf(session));

program.hook('preAction', () => checkEnvironment(process.env));

const isJson = asksForJson(process.argv);

/**
 * Makes a command and its sub-commands throw usage errors. Commander would end the process with its own exit codes, and
 * would write each error to standard error.
 */
const throwUsageErrors = (command: Command): void => {
  command.exitOverride();
  // An error repeats what the user typed, which may hold addresses and escape sequences. `reportError` masks them.
  command.configureOutput({ outputError: () => undefined, ...(isJson ? { writeErr: () => undefined } : {}) });
  refuseEmptyValues(command);
  command.commands.forEach(throwUsageErrors);
};
throwUsageErrors(program);

const exitCodeAfter = watchOutputs(process);

/**
 * Ends the process once its output is written. A pipe takes 64 KiB at once, and an exit drops the rest. An error of
 * writing is emitted after the callback.
 */
const end = (): void => {
  process.stdout.write('', () =>
    process.stderr.write('', () => setImmediate(() => process.exit(exitCodeAfter(process.exitCode)))),
  );
};

program.parseAsync().then(end, (error: unknown) => {
  session.clear();
  process.exitCode = reportError(error, isJson);
  end();
});
