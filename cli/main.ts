import type { Command } from 'commander';
import { endWithParent } from '../dev/end-with-parent';
import { reportError } from './problems/report-error';
import { addCommands, rootCommand } from './program';
import { sessionOf } from './session';
import { checkEnvironment } from './stack/check-environment';
import { type Place, settlePlace } from './stack/place';
import { asksForJson } from './terminal/asks-for-json';
import { usesColours } from './terminal/colours';
import { refuseEmptyValues } from './terminal/empty-values';
import { watchOutputs } from './terminal/output-errors';
import { showOutput } from './terminal/show-output';

// The SDK of the project is pinned, so that its warning about later versions does not help the user.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

const program = rootCommand();
const session = sessionOf(program);
endWithParent(session.interrupt);
addCommands(program, session);

// Before the first client of the SDK is made.
program.hook('preAction', async () => {
  await settlePlace(process.env, program.opts<Place>());
  checkEnvironment(process.env);
});

const isJson = asksForJson(process.argv);

/**
 * Makes a command and its sub-commands throw usage errors. Commander would end the process with its own exit codes, and
 * would write each error to standard error.
 */
const throwUsageErrors = (command: Command): void => {
  command.exitOverride();
  // An error repeats what the user typed, which may hold addresses and escape sequences. `reportError` masks them.
  command.configureOutput({
    outputError: () => undefined,
    ...(isJson ? { writeErr: () => undefined } : {}),
    // The manual pages.
    writeOut: (text) => showOutput(text, program.opts()),
    getOutHasColors: () => usesColours(program.opts(), process.env, process.stdout.isTTY),
  });
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
