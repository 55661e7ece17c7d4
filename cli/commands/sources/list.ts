import type { Command } from 'commander';
import { checkedSources } from '../../../shared/operations/sources/checked-source';
import { sourceView } from '../../../shared/operations/views/source-view';
import { counted } from '../../../shared/operations/views/counted';
import { commandWith, type Manual } from '../../manual/manual';
import type { Session } from '../../session';
import { sourceHeading, sourceRow } from '../../terminal/source-rows';
import { orProblem } from './change-problem';

const manual: Manual = {
  examples: [['The sources of a stack', 'leadline sources list']],
  seeAlso: ['sources validate', 'docs/sources.md'],
};

/** `leadline sources list` */
export const listCommand = (session: Session): Command =>
  commandWith('list', manual)
    .description('Lists the sources: scheme, payload, number of valid secrets, namespace. Prints no secret')
    .action(async () => {
      const { store } = await session.sources();
      const { entries } = await orProblem('', store.read);
      const views = checkedSources(entries).map(sourceView);
      session.print(views, [sourceHeading, ...views.map(sourceRow), counted(views.length, 'source')]);
      for (const problem of views.flatMap(({ problems }) => problems)) session.note(`Invalid: ${problem}`);
      session.finish();
    });
