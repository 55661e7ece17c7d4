import type { Overview } from './overview';

/**
 * Why a list of leads may lack some although the table can be searched: the events of the table are not all counted. Says
 * what the user can do about it.
 */
export const notCountedText = ({ counted, troubles }: Pick<Overview, 'counted' | 'troubles'>): string => {
  const trouble = troubles.find(({ part }) => part === 'count');
  if (trouble !== undefined) return `The leads cannot be counted (${trouble.cause}). The Overview says what to do.`;
  const { state, limit, is_counting } = counted;
  if (state === 'limited' && !is_counting)
    return (
      `The leads are not counted, because the table has more than ${limit.toLocaleString('en-US')} items. ` +
      'To count them, press “Count all” on the Overview.'
    );
  return 'The leads are still being counted.';
};
