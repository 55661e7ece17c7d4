import { problemText } from '../../shared/codecs/validation-problem';
import type { DiscardedQuarantined } from '../../shared/operations/quarantine/discard-quarantined';
import { discardQuarantinedOutcomeTexts } from '../../shared/operations/views/outcome-text';
import type { quarantineView } from '../../shared/operations/views/quarantine-view';
import { ageText } from './age-text';
import { tableRow } from './table-row';

const row = tableRow([14, 20, 12, 9, 0]);

export const quarantineHeading = row(['ID', 'SOURCE', 'STATE', 'AGE', 'PROBLEMS']);

/** A quarantined request as a row under `quarantineHeading`. */
export const quarantineRow = ({
  id,
  source,
  state,
  age_seconds,
  problems,
}: Pick<ReturnType<typeof quarantineView>, 'id' | 'source' | 'state' | 'age_seconds' | 'problems'>): string => {
  const texts = problems.map(problemText);
  return row([id.slice(0, 12), source, state, ageText(age_seconds), [...new Set(texts)].slice(0, 3).join('; ')]);
};

export const discardedLine = ({ item, outcome }: DiscardedQuarantined): string =>
  `${item.id.slice(0, 12)}  ${discardQuarantinedOutcomeTexts[outcome]}`;
