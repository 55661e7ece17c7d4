import type { Command } from 'commander';
import { configureSource } from '../../../shared/operations/sources/change-source';
import { checkedSource } from '../../../shared/operations/sources/checked-source';
import { writeChange } from '../../../shared/operations/sources/write-change';
import { sourceView } from '../../../shared/operations/views/source-view';
import { commandWith, type Manual } from '../../manual/manual';
import type { Session } from '../../session';
import { sourceIdText } from '../../terminal/options';
import { orProblem } from './change-problem';
import { configIn } from './entry-options';
import { removalMinutes } from '../../../shared/operations/sources/times';

const manual: Manual = {
  examples: [['Store a corrected mapping', 'leadline sources configure form --config form.json']],
  seeAlso: ['sources test', 'quarantine revalidate', 'docs/mapping.md'],
};

/** `leadline sources configure` */
export const configureCommand = (session: Session): Command =>
  commandWith('configure', manual)
    .description('Replaces all settings of a source, such as its mapping, except its secrets')
    .argument('<id>', 'id of the source', sourceIdText)
    .requiredOption(
      '--config <file>',
      'a JSON file with auth, payload, lead_namespace and silence_hours, without secrets; - is standard input',
    )
    .action(async (id: string, { config }: Readonly<{ config: string }>) => {
      const draft = await configIn(config);
      const { store } = await session.sources();
      const written = await orProblem(id, writeChange(store, configureSource(id, draft)));
      const source = checkedSource(written, id);
      if (source?.kind !== 'valid') return;
      session.print(sourceView(source), [
        `configured: source ${id}, scheme ${source.auth.scheme}`,
        `The functions use the settings after at most ${removalMinutes} minutes.`,
        `To try them: leadline sources test ${id}`,
      ]);
      session.finish();
    });
