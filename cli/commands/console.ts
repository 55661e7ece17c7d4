import type { Command } from 'commander';
import { builtPage } from '../../console/built-page';
import { startConsole } from '../../console/server/start';
import { commandWith, type Manual } from '../manual/manual';
import type { Session } from '../session';
import { portNumber } from '../terminal/options';

const manual: Manual = {
  details: [
    'The address has a token that is valid once: the page exchanges it for a cookie. The page reads and acts with your ' +
      'AWS credentials, and can do only what they may. Ctrl-C ends it.',
  ],
  examples: [
    ['The console of a stack', 'leadline console'],
    ['On a fixed port', 'leadline console --port 8080'],
  ],
  seeAlso: ['lead', 'dlq list', 'docs/operations.md'],
};

/** `leadline console` */
export const consoleCommand = (session: Session): Command =>
  commandWith('console', manual)
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
