import { Command } from 'commander';
import { checkedSources } from '../../../shared/operations/sources/checked-source';
import { sourceView } from '../../../shared/operations/views/source-view';
import type { Session } from '../../session';
import { sourceHeading, sourceRow } from '../../terminal/source-rows';
import { orProblem } from './change-problem';

/** `leadline sources list` */
export const listCommand = (session: Session): Command =>
  new Command('list')
    .description('Lists the sources: scheme, payload, number of valid secrets, namespace. Prints no secret')
    .action(async () => {
      const { store } = await session.sources();
      const { entries } = await orProblem('', store.read);
      const views = checkedSources(entries).map(sourceView);
      session.print(views, [sourceHeading, ...views.map(sourceRow), `${views.length} sources`]);
      for (const problem of views.flatMap(({ problems }) => problems)) session.note(`Invalid: ${problem}`);
      session.finish();
    });
