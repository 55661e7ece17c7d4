import type { Command } from 'commander';
import * as TE from 'fp-ts/TaskEither';
import { validSource } from '../../../shared/operations/sources/change-source';
import { commandWith, type Manual } from '../../manual/manual';
import type { Session } from '../../session';
import { sourceIdText } from '../../terminal/options';
import { orProblem } from './change-problem';
import { type TestOptions, testLines, testSource, withTestOptions } from './test-source';

const manual: Manual = {
  details: [
    'The sample is that of the preset of the source, with a new lead id and an example.com address. leadline puts an ' +
      'owner for it into the lookup bucket, which says that this is a test, and follows the event until it is mailed or ' +
      'failed. A file that the lead has already is left as it is. The lead stays, and its mail is sent to SesToAddress.',
  ],
  examples: [
    ['Send the sample of the preset, and follow it to its mail', 'leadline sources test crm'],
    [
      'Try a payload of the provider, until it is accepted',
      'leadline sources test form --payload lead.json --no-follow',
    ],
  ],
  exitCodes: { 1: 'failed, or a lead of the test was not mailed in time' },
  seeAlso: ['sources add', 'lead'],
};

/** `leadline sources test` */
export const testCommand = (session: Session): Command =>
  withTestOptions(
    commandWith('test', manual)
      .description('Sends a signed sample to a source, and follows it to its mail')
      .argument('<id>', 'id of the source', sourceIdText),
  ).action(async (id: string, options: TestOptions) => {
    const sources = await session.sources();
    const { entries } = await orProblem(id, sources.store.read);
    const source = await orProblem(id, TE.fromEither(validSource(entries, id)));
    const report = await testSource(session, sources, source, options);
    session.print(report, testLines(report));
    session.finish({ leftAlone: !report.isEnded });
  });
