import { Command } from 'commander';
import * as TE from 'fp-ts/TaskEither';
import { validSource } from '../../../shared/operations/sources/change-source';
import type { Session } from '../../session';
import { sourceIdText } from '../../terminal/options';
import { orProblem } from './change-problem';
import { type TestOptions, testLines, testSource, withTestOptions } from './test-source';

const help = `
The sample is that of the preset of the source, with a new lead id and an example.com address. leadline puts an owner for
it into the lookup bucket, which says that this is a test, and follows the event until it is mailed or failed. The lead
stays, and its mail is sent to SesToAddress.`;

/** `leadline sources test` */
export const testCommand = (session: Session): Command =>
  withTestOptions(
    new Command('test')
      .description('Sends a signed sample to a source, and follows it to its mail')
      .argument('<id>', 'id of the source', sourceIdText),
  )
    .addHelpText('after', help)
    .action(async (id: string, options: TestOptions) => {
      const sources = await session.sources();
      const { entries } = await orProblem(id, sources.store.read);
      const source = await orProblem(id, TE.fromEither(validSource(entries, id)));
      const report = await testSource(session, sources, source, options);
      session.print(report, testLines(report));
      session.finish({ leftAlone: !report.isEnded });
    });
