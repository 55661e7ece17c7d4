import { checkedSources } from '../sources/checked-source';
import type { SourceEntries } from '../sources/sources-store';
import { type Diagnosis, ok, problem, warning } from './finding';

export const judgeSources = (entries: SourceEntries): readonly Diagnosis[] => {
  const checked = checkedSources(entries);
  const invalid = checked.flatMap((source) => (source.kind === 'invalid' ? source.problems : []));
  const valid = checked.filter(({ kind }) => kind === 'valid').length;
  if (invalid.length > 0)
    return invalid.map((text) => problem(`a source is invalid: ${text}`, 'See: leadline sources validate'));
  return valid === 0
    ? [warning('there is no source, so that no CRM can send a lead', 'Add one: leadline sources add --help')]
    : [ok(`the sources secret can be read, and has ${valid} valid sources`)];
};
