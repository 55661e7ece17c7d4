import type { Command } from 'commander';
import { checkedSources } from '../../../shared/operations/sources/checked-source';
import type { SourceEntries } from '../../../shared/operations/sources/sources-store';
import { counted } from '../../../shared/operations/views/counted';
import { commandWith, type Manual } from '../../manual/manual';
import type { Session } from '../../session';
import { inputObject } from '../../terminal/input-object';
import { orProblem } from './change-problem';

const manual: Manual = {
  examples: [
    ['Check the stored sources', 'leadline sources validate'],
    ['Check a file before it is stored', 'leadline sources validate sources.json'],
  ],
  exitCodes: { 1: 'failed, or a stored source has a problem', 2: 'wrong usage, or the file has a problem' },
  seeAlso: ['sources list', 'docs/sources.md'],
};

const noObject = 'Give one JSON object with an entry for each source.';

/** `leadline sources validate` */
export const validateCommand = (session: Session): Command =>
  commandWith('validate', manual)
    .description('Lists each problem of the stored sources, or of a file, by its path. Prints no value')
    .argument('[file]', 'a file with all sources, instead of the stored ones; - is standard input')
    .action(async (file: string | undefined) => {
      const entries = file === undefined ? await stored(session) : await inputObject(file, noObject);
      const checked = checkedSources(entries);
      const problems = checked.flatMap((source) => (source.kind === 'valid' ? [] : source.problems));
      const valid = checked.filter(({ kind }) => kind === 'valid').length;
      session.print({ valid, problems }, [
        ...problems,
        `${counted(valid, 'valid source')}, ${counted(problems.length, 'problem')}`,
      ]);
      const isInvalid = problems.length > 0;
      session.finish(file === undefined ? { leftAlone: isInvalid } : { invalidInput: isInvalid });
    });

const stored = async (session: Session): Promise<SourceEntries> => {
  const { store } = await session.sources();
  return (await orProblem('', store.read)).entries;
};
