import { Command } from 'commander';
import { endWithParent } from '../dev/end-with-parent';
import { asksForJson } from './terminal/asks-for-json';
import { checkEnvironment } from './stack/check-environment';
import { dlqCommand } from './commands/dlq';
import { watchOutputs } from './terminal/output-errors';
import { refuseEmptyValues } from './terminal/empty-values';
import { leadCommand } from './commands/lead';
import { leadsCommand } from './commands/leads';
import { mailCommand } from './commands/mail';
import { settleRegion } from './stack/region-of-environment';
import { replayCommand } from './commands/replay';
import { sendCommand } from './commands/send';
import { sessionOf } from './session';
import { tell } from './problems/tell';

const help = `
Exit codes: 0 done, 1 failed or left alone, 2 wrong usage, 3 nothing matched, or not each id, 4 declined at the question,
130 interrupted (what was begun is finished, the rest is untouched).
The cloud is that of the standard AWS environment: AWS_PROFILE, AWS_REGION or AWS_DEFAULT_REGION,
AWS_ENDPOINT_URL and so on.`;

const program = new Command('leadline')
  .description('Finds out what became of a lead, and brings back what failed.')
  .option('--stack-name <name>', 'the stack to work on', 'crm-ingestion-dev')
  .option('--json', 'print JSON, for programs')
  .addHelpText('after', help);

settleRegion(process.env);
const session = sessionOf(program);
endWithParent(session.interrupt);
const commands = [sendCommand, mailCommand, leadCommand, leadsCommand, dlqCommand, replayCommand];
for (const commandOf of commands) program.addCommand(commandOf(session));

program.hook('preAction', () => checkEnvironment(process.env));

const isJson = asksForJson(process.argv);

/** Commander would end the process by itself, with codes of its own, and write what is wrong where programs don't look. */
const takeOver = (command: Command): void => {
  command.exitOverride();
  // What is wrong repeats what was typed, addresses and escape sequences included: `tell` writes it, fit to be shown.
  command.configureOutput({ outputError: () => undefined, ...(isJson ? { writeErr: () => undefined } : {}) });
  refuseEmptyValues(command);
  command.commands.forEach(takeOver);
};
takeOver(program);

const exitCodeAfter = watchOutputs(process);

/** Ends the process once what it printed is out: a pipe takes 64 KB at once, and an exit drops the rest. An error of writing is told after the callback. */
const end = (): void => {
  process.stdout.write('', () =>
    process.stderr.write('', () => setImmediate(() => process.exit(exitCodeAfter(process.exitCode)))),
  );
};

program.parseAsync().then(end, (error: unknown) => {
  session.clear();
  process.exitCode = tell(error, isJson);
  end();
});
