import { Command, CommanderError } from 'commander';
import { maskAddresses } from '../shared/observability/masking';
import { dlqCommand } from './dlq';
import { exitCodes } from './exit-codes';
import { leadCommand } from './lead';
import { replayCommand } from './replay';
import { sessionOf } from './session';

const help = `
Exit codes: 0 done, 1 failed, 2 wrong usage, 3 nothing matched, 130 interrupted (what was begun is finished, the rest is untouched).
The cloud is that of the standard AWS environment: AWS_PROFILE, AWS_REGION, AWS_ENDPOINT_URL and so on.`;

const program = new Command('leadline')
  .description('Finds out what became of a lead, and brings back what failed.')
  .option('--stack-name <name>', 'the stack to work on', 'crm-ingestion-dev')
  .option('--json', 'print JSON, for programs')
  .addHelpText('after', help);

const session = sessionOf(program);
for (const command of [leadCommand(session), dlqCommand(session), replayCommand(session)]) program.addCommand(command);

/** Commander would end the process by itself, with codes of its own. */
const overrideExit = (command: Command): void => {
  command.exitOverride();
  command.commands.forEach(overrideExit);
};
overrideExit(program);

/** Ends the process once what it printed is out: a pipe takes 64 KB at once, and an exit drops the rest. */
const end = (): void => {
  process.stdout.write('', () => process.stderr.write('', () => process.exit()));
};

program.parseAsync().then(end, (error: unknown) => {
  session.clear();
  // Commander has told its own errors; asking for help is none.
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
  } else {
    console.error(maskAddresses(error instanceof Error ? error.message : String(error)));
    process.exitCode = exitCodes.failed;
  }
  end();
});
