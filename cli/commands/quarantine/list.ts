import type { Command } from 'commander';
import { quarantineView } from '../../../shared/operations/views/quarantine-view';
import { quarantineState, type QuarantineState } from '../../../shared/stored/quarantine-item';
import { counted } from '../../../shared/operations/views/counted';
import { commandWith, type Manual } from '../../manual/manual';
import type { Session } from '../../session';
import { choiceOption } from '../../terminal/choice-option';
import { quarantineStateOption } from '../../terminal/options';
import { quarantineHeading, quarantineRow } from '../../terminal/quarantine-rows';
import { find } from './find';

type ListOptions = Readonly<{ source?: string; state: QuarantineState | 'all'; problem?: string }>;

const states = [...Object.keys(quarantineState.keys), 'all'];

const manual: Manual = {
  examples: [
    ['What waits for a correction', 'leadline quarantine list'],
    ['Requests of a source with a problem at one place', 'leadline quarantine list --source form --problem email'],
    ['All requests that are kept, as JSON', 'leadline quarantine list --state all --json'],
  ],
  exitCodes: { 1: 'failed, or an item cannot be decoded' },
  seeAlso: ['quarantine show', 'quarantine revalidate'],
};

/** `leadline quarantine list` */
export const listCommand = (session: Session): Command =>
  commandWith('list', manual)
    .description('Lists quarantined requests: id, source, state, age, problems')
    .option('--source <id>', 'only those of this source')
    .addOption(
      choiceOption('--state <state>', 'only those in this state', states, quarantineStateOption).default('QUARANTINED'),
    )
    .option('--problem <path>', 'only those with a problem at this place, such as email')
    .action(async ({ state, ...options }: ListOptions) => {
      const choice = { ...options, ids: [], all: true, ...(state === 'all' ? {} : { state }) };
      const { chosen, unreadable } = await find(session, await session.stack(), choice);
      const views = chosen.map((item) => quarantineView(item, new Date()));
      session.print(views, [
        quarantineHeading,
        ...views.map(quarantineRow),
        counted(chosen.length, 'quarantined request'),
      ]);
      session.finish({ leftAlone: unreadable.length > 0 });
    });
