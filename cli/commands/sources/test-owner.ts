import { checkNewOwner } from '../../../shared/operations/owners/check-new-owner';
import { putTestOwners, testOwner } from '../../../shared/operations/sources/test-owner';
import { nameAndMessage } from '../../problems/name-and-message';
import { Problem } from '../../problems/problem';
import type { Session } from '../../session';
import { fileBytes } from '../../terminal/input-text';
import type { SentLead } from './send-sample';

/**
 * The file of the owner that a test puts. `undefined`: none.
 *
 * @param file a JSON file, instead of an owner that says that this is a test; `false` for none
 * @throws a Problem if the file cannot be that of an owner
 */
export const ownerOfTest = async (
  session: Session,
  file: string | boolean | undefined,
): Promise<Uint8Array | undefined> => {
  if (file === false) return undefined;
  if (typeof file !== 'string') return testOwner;
  const body = await fileBytes(file);
  const checked = checkNewOwner((await session.stack()).owners.check, body);
  if (checked.kind === 'valid') return body;
  throw new Problem('usage', `The file ${checked.problems.join('; ')}. Nothing was sent.`);
};

/**
 * Puts an owner into the lookup bucket for each lead that has none, because an event without one is not mailed.
 *
 * @param body the file of the owner
 * @returns whether the leads have an owner. It is not an error if the operator may not write there
 */
export const putOwners = async (session: Session, leads: readonly SentLead[], body: Uint8Array): Promise<boolean> => {
  try {
    const { owners } = await session.stack();
    const { kept } = await putTestOwners(
      owners,
      leads.map(({ lead_id }) => lead_id),
      body,
    );
    for (const id of kept) session.note(`Lead ${id} has an owner already. Its file was left as it is.`);
    return true;
  } catch (error) {
    const { name, message } = nameAndMessage(error);
    session.note(`The owner could not be put into the lookup bucket (${name}: ${message}).`);
    return false;
  }
};
