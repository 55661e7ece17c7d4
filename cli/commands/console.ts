import type { Command } from 'commander';
import { builtPage } from '../../console/built-page';
import type { RunningConsole } from '../../console/server/start';
import { commandWith, type Manual } from '../manual/manual';
import { Problem } from '../problems/problem';
import type { Session } from '../session';
import { onLine } from '../terminal/on-line';
import { openBrowser } from '../terminal/open-browser';
import { portNumber } from '../terminal/options';

const manual: Manual = {
  details: [
    'The address has a token that is valid once, for 10 minutes: the page exchanges it for a cookie. At a terminal, ' +
      'press Enter for a new address. Without a terminal, restart the command. The page reads and acts with your AWS credentials, and can do only what they may.',
    'Ctrl-C ends the console. Tasks that run, such as a redrive, end after their current step.',
    'With --json the address is a JSON object, and each line on standard input makes a new one.',
  ],
  examples: [
    ['The console of a stack', 'leadline console'],
    ['On a fixed port, opened in the browser', 'leadline console --port 8080 --open'],
  ],
  exitCodes: { 1: 'failed, or the port is taken' },
  seeAlso: ['status', 'lead', 'dlq list', 'docs/console.md', 'docs/operations.md'],
};

type ConsoleOptions = Readonly<{ port?: number; open?: boolean }>;

/** `leadline console` */
export const consoleCommand = (session: Session): Command =>
  commandWith('console', manual)
    .description('Serves a page on this machine that shows the pipeline and each lead, and can act on them')
    .option('--port <port>', 'where the page is served, on 127.0.0.1 only; a free port if it is not given', portNumber)
    .option('--open', 'open the page in the browser')
    .action(async ({ port = 0, open = false }: ConsoleOptions) => {
      // No other command pays for loading the server.
      const { startConsole } = await import('../../console/server/start');
      const [ports, page] = await Promise.all([session.console(), builtPage()]);
      try {
        const running = await startConsole(ports, page.folder, port).catch((error: unknown) => portTaken(error, port));
        await serveUntilInterrupted(session, running, open);
      } finally {
        await page.remove();
      }
      session.finish();
    });

const serveUntilInterrupted = async (session: Session, running: RunningConsole, open: boolean): Promise<void> => {
  const show = (): void => {
    const address = running.address();
    // The address has the token, so that it is printed as it is.
    session.reveal(`The console is at ${address}`, { address });
  };
  show();
  session.note(`The address works once. ${anotherAddress(session)} Ctrl-C ends the console.`);
  if (open && !(await openBrowser(running.address())))
    session.note('No browser could be started. Open the address yourself.');
  if (process.stdin.isTTY || session.isJson()) onLine(process.stdin, session.interruption, show);
  await new Promise<void>((resolve) => {
    if (session.isInterrupted()) resolve();
    session.interruption.addEventListener('abort', () => resolve());
  });
  await running.end();
};

/** How to get another address. Without a terminal, standard input is read only for programs. */
const anotherAddress = ({ isJson }: Session): string => {
  if (process.stdin.isTTY) return 'Enter makes a new one.';
  return isJson() ? 'Each line on standard input makes a new one.' : 'To get a new one, restart the command.';
};

const portTaken = (error: unknown, port: number): never => {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE')
    throw new Problem(
      'configuration',
      `Port ${port} is taken by another process. Give another --port, or leave it out.`,
    );
  if (code === 'EACCES')
    throw new Problem('configuration', `Port ${port} needs the rights of an administrator. Give a --port above 1023.`);
  throw error;
};
