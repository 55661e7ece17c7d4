import { leadId } from '../../shared/lead/lead-id';
import { eachAtOnce } from '../../shared/operations/at-once';
import { filesAtOnce } from '../../shared/operations/owners/owner-files';
import { counted } from '../../shared/operations/views/counted';
import type { Session } from '../session';
import { shellWord } from './shell-word';

/**
 * Says once which of the accepted leads that a command has sent have no owner, because they would not be mailed. An
 * owner that cannot be looked up is no error. A duplicate may have been mailed before, or have failed, so that nothing
 * is said about it.
 *
 * @param results of leads, as the API answers them
 */
export const noteMissingOwners = async (
  { stack, note, isInterrupted }: Session,
  results: readonly Readonly<{ lead_id?: string; status: string }>[],
): Promise<void> => {
  const accepted = results.flatMap(({ lead_id, status }) => (status === 'accepted' ? [lead_id] : []));
  const ids = [...new Set(accepted.filter(leadId.is))];
  if (ids.length === 0) return;
  const missing: string[] = [];
  try {
    const { owners } = await stack();
    await eachAtOnce(
      filesAtOnce,
      ids,
      async (id) => {
        if ((await owners.read(id)).kind === 'missing') missing.push(id);
      },
      isInterrupted,
    );
  } catch {
    // What was found before is true.
  }
  const [first] = missing;
  if (first !== undefined) note(missing.length === 1 ? aboutOne(first) : aboutMany(missing.length));
};

const aboutOne = (id: string): string =>
  `Lead ${id} has no owner yet. Without one it is not mailed, and becomes a dead letter (owner-missing). ` +
  `Store one before the delay ends: leadline owners put ${shellWord(id)} FILE. After it, redrive the dead letter as well.`;

const aboutMany = (count: number): string =>
  `${counted(count, 'lead')} have no owner yet. Without one they are not mailed, and become dead letters ` +
  '(owner-missing). Store their owners before the delay ends: leadline owners import FILE. After it, redrive the dead ' +
  'letters as well. To list these leads: leadline owners check --no-files';
