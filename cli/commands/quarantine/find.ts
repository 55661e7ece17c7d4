import {
  type QuarantineChoice,
  unmatchedQuarantineIds,
} from '../../../shared/operations/quarantine/choose-quarantined';
import { findQuarantined, type FoundQuarantined } from '../../../shared/operations/quarantine/find-quarantined';
import type { QuarantineItem } from '../../../shared/stored/quarantine-item';
import type { Session } from '../../session';
import type { OpenStack } from '../../stack/open-stack';
import { noteUnreadable } from '../../terminal/note-unreadable';

/** Finds the chosen requests, and notes the items that cannot be decoded. */
export const find = async (
  session: Session,
  { quarantine }: OpenStack,
  choice: QuarantineChoice,
): Promise<FoundQuarantined> => {
  const { onProgress, isInterrupted } = session;
  const found = await findQuarantined({ store: quarantine, onProgress, isInterrupted }, choice);
  noteUnreadable(session, found.unreadable);
  return found;
};

/**
 * Notes the ids that matched no quarantined request.
 *
 * @returns whether there is such an id, or no request at all
 */
export const noteUnmatched = ({ note }: Session, ids: readonly string[], items: readonly QuarantineItem[]): boolean => {
  const unmatched = unmatchedQuarantineIds(ids, items);
  for (const id of unmatched) note(`There is no such request in quarantine: ${id}`);
  if (unmatched.length > 0) note('leadline quarantine list --state all shows their ids.');
  return items.length === 0 || unmatched.length > 0;
};
