import { Command } from 'commander';
import { builtPage } from '../../console/built-page';
import { startConsole } from '../../console/server/start';
import type { Session } from '../session';
import { portNumber } from '../terminal/options';

/** `leadline console` */
export const consoleCommand = (session: Session): Command =>
  new Command('console')
    .description('Serves a page on this machine that shows the pipeline and each lead, and can act on them')
    .option('--port <port>', 'where the page is served, on 127.0.0.1 only; a free port if it is not given', portNumber)
    .action(async ({ port = 0 }: Readonly<{ port?: number }>) => {
      const [ports, folder] = await Promise.all([session.console(), builtPage()]);
      const running = await startConsole(ports, folder, port);
      // The address has the token, so that it is printed as it is.
      session.reveal(`The console is at ${running.address()}\nThe address works once. Ctrl-C ends the console.`);
      await new Promise<void>((resolve) => {
        if (session.isInterrupted()) resolve();
        session.interruption.addEventListener('abort', () => resolve());
      });
      await running.end();
      session.finish();
    });
