import * as E from 'fp-ts/Either';
import { leadId } from '../../../shared/lead/lead-id';
import { ownerName } from '../../../shared/lead/owner';
import type { OwnerFiles } from '../../../shared/operations/owners/owner-files';
import { changedFields, planOwner, writeOwner } from '../../../shared/operations/owners/put-owner';
import { BadInput, Conflict } from '../refusal';

/**
 * Puts the file of the owner of a lead.
 *
 * @param text of the file, a JSON object
 * @param replaces whether a file that says something else is replaced
 * @returns what it did, as a sentence
 */
export const putOwnerOf = async (owners: OwnerFiles, id: string, text: string, replaces: boolean): Promise<string> => {
  if (!leadId.is(id)) throw new BadInput('This is not the id of a lead.');
  const planned = await planOwner(owners, id, Buffer.from(text));
  if (E.isLeft(planned)) throw new BadInput(`The owner ${planned.left.join('; ')}. Nothing was written.`);
  if (planned.right.change === 'replaces' && !replaces) {
    const fields = changedFields(planned.right);
    throw new Conflict(
      `The lead has a file with another owner. ${fields.length === 0 ? '' : `It would change ${fields.join(', ')}. `}` +
        'Nothing was written.',
      'would-replace',
    );
  }
  switch (await writeOwner(owners, planned.right)) {
    case 'written':
      return `Written: the owner of ${id} is ${nameOf(ownerName(planned.right.owner))}.`;
    case 'unchanged':
      return 'The file says the same already.';
    case 'changed':
      throw new Conflict('Another writer changed the file at the same time. Nothing was written.');
  }
};

/** An owner without a name has the address in its place. */
const nameOf = (name: string): string => (name.includes('@') ? 'the one with this address' : name);
