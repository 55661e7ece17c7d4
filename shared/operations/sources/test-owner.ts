import * as E from 'fp-ts/Either';
import { leadId, type LeadId } from '../../lead/lead-id';
import type { OwnerFiles } from '../owners/owner-files';
import { planOwner, writeOwner } from '../owners/put-owner';

/** The owner of a lead of a test. The mail names it, so that its readers know what the lead is. */
export const testOwner: Uint8Array = Buffer.from(
  JSON.stringify({ owner_name: 'Leadline test (leadline sources test)' }),
);

/** `kept`: leads that had a file already. It may be the one of a real owner, so that a test never replaces it. */
type TestOwners = Readonly<{ put: readonly LeadId[]; kept: readonly LeadId[] }>;

/**
 * Puts the file of an owner for each lead of a test that has none, because an event without an owner is not mailed.
 *
 * @param leadIds as the API answered them
 * @param body a file that EnrichmentFunction accepts
 * @throws a StoreError if the bucket does not answer, and an Error for a file that EnrichmentFunction would refuse
 */
export const putTestOwners = async (
  files: Pick<OwnerFiles, 'check' | 'read' | 'write'>,
  leadIds: readonly string[],
  body: Uint8Array = testOwner,
): Promise<TestOwners> => {
  const put: LeadId[] = [];
  const kept: LeadId[] = [];
  for (const id of new Set(leadIds.filter(leadId.is))) {
    const planned = await planOwner(files, id, body);
    if (E.isLeft(planned)) throw new Error(`The file of the owner ${planned.left.join('; ')}.`);
    const isPut = planned.right.change === 'new' && (await writeOwner(files, planned.right)) === 'written';
    (isPut ? put : kept).push(id);
  }
  return { put, kept };
};
