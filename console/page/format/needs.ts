import { listed } from './listed';
import { counted } from '../../../shared/operations/views/counted';
import type { Overview } from '../../../shared/operations/views/overview';
import { whole } from './number';

/** What waits for a person. */
export type Needs = Readonly<{
  /** FAILED events, as `leadline status` counts them. */
  failed: number;
  /** Dead letters beyond one for each failed event: copies, or messages of no failed event. */
  letters: number;
  /** Requests in quarantine. */
  held: number;
  /** Whether there may be more in quarantine. */
  isMoreHeld: boolean;
}>;

/**
 * Counts what waits for a person. A dead letter is no second need beside its failed event. An event can have several dead
 * letters. Until all events are counted, only the dead letters are known.
 */
export const needsOf = ({ counted: { state }, events, dead_letters: { waiting }, quarantine }: Overview): Needs => {
  const isFailedKnown = events !== null && (state === 'complete' || waiting === null);
  const failed = isFailedKnown ? events.FAILED : 0;
  return {
    failed,
    letters: Math.max(0, (waiting ?? 0) - failed),
    held: quarantine?.count ?? 0,
    isMoreHeld: quarantine?.is_whole === false,
  };
};

/** The dead letters, apart from the failed events: `2 dead letters`, or `2 further dead letters`. */
export const lettersText = ({ failed, letters }: Needs): string =>
  counted(letters, `${failed > 0 ? 'further ' : ''}dead letter`);

/** What is in quarantine: whole requests, and single leads of requests with several. */
export const heldText = ({ body, lead }: Readonly<{ body: number; lead: number }>): string =>
  [
    ...(body === 0 ? [] : [`${counted(body, 'request')} that could not be read as ${body === 1 ? 'a lead' : 'leads'}`]),
    ...(lead === 0 ? [] : [`${counted(lead, 'lead')} of ${lead === 1 ? 'a larger request' : 'larger requests'}`]),
  ].join(', ') + '.';

/** What needs a person, as a sentence. `undefined` if nothing does. */
export const needsText = (needs: Needs): string | undefined => {
  const { failed, letters, held, isMoreHeld } = needs;
  const kinds = [
    ...(failed === 0 ? [] : [counted(failed, 'failed event')]),
    ...(letters === 0 ? [] : [lettersText(needs)]),
    ...(isMoreHeld
      ? [`${whole(held)} or more quarantined requests`]
      : held === 0
        ? []
        : [counted(held, 'quarantined request')]),
  ];
  if (kinds.length === 0) return undefined;
  return `${listed(kinds)} ${failed + letters + held === 1 && !isMoreHeld ? 'needs' : 'need'} a person.`;
};
