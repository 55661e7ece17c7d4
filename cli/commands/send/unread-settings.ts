import type { StoreFailure } from '../../../shared/ports/store-failure';
import { adviceOn } from '../../problems/advice';
import { Problem } from '../../problems/problem';

/** Whether the user lacks the right to read the settings. Only a change of the rights would make a retry succeed. */
export const isReadDenied = (failure: StoreFailure): failure is Extract<StoreFailure, { kind: 'unavailable' }> =>
  failure.kind === 'unavailable' && adviceOn(failure.cause, '').kind === 'access-denied';

/**
 * Why a lead of a source cannot be sent: its settings could not be read, although the user may have the right to. Its
 * secret may be a signing key, so that it must not be sent.
 */
export const unreadSettings = (id: string, failure: StoreFailure): Problem => {
  if (failure.kind === 'unreadable')
    return new Problem(
      'unreadable',
      `The sources secret cannot be read: it ${failure.paths.join(', ')}. Nothing was sent. ` +
        'Store a JSON object by hand first: see "Adding a source" in docs/sources.md.',
    );
  const { kind, advice } = adviceOn(failure.cause, '');
  const start = `The settings of source ${id} cannot be read from Secrets Manager`;
  return kind === 'throttled'
    ? new Problem(kind, `${start} (${failure.cause}). Nothing was sent. Run the command again later.`)
    : new Problem(kind, `${start}: ${advice} Nothing was sent.`);
};
