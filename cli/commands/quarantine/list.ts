import { Command } from 'commander';
import { quarantineView } from '../../../shared/operations/views/quarantine-view';
import type { QuarantineState } from '../../../shared/stored/quarantine-item';
import type { Session } from '../../session';
import { quarantineStateOption } from '../../terminal/options';
import { quarantineHeading, quarantineRow } from '../../terminal/quarantine-rows';
import { find } from './find';

type ListOptions = Readonly<{ source?: string; state: QuarantineState | 'all'; problem?: string }>;

/** `leadline quarantine list` */
export const listCommand = (session: Session): Command =>
  new Command('list')
    .description('Lists quarantined requests: id, source, state, age, problems')
    .option('--source <id>', 'only those of this source')
    .option('--state <state>', 'only those in this state, or all', quarantineStateOption, 'QUARANTINED')
    .option('--problem <path>', 'only those with a problem at this place, such as email')
    .action(async ({ state, ...options }: ListOptions) => {
      const choice = { ...options, ids: [], all: true, ...(state === 'all' ? {} : { state }) };
      const { chosen, unreadable } = await find(session, await session.stack(), choice);
      const views = chosen.map((item) => quarantineView(item, new Date()));
      session.print(views, [quarantineHeading, ...views.map(quarantineRow), `${chosen.length} quarantined requests`]);
      session.finish({ leftAlone: unreadable.length > 0 });
    });
