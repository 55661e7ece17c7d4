import { testOwner } from '../../../shared/operations/sources/test-owner';
import { nameAndMessage } from '../../problems/name-and-message';
import type { Session } from '../../session';
import type { OpenSources } from '../../stack/open-sources';
import type { SentLead } from './send-sample';
import { fileBytes } from '../../terminal/input-text';

/**
 * Puts an owner into the lookup bucket for each lead, because an event without one is not mailed.
 *
 * @param file a JSON file, instead of an owner that says that this is a test
 * @returns whether the leads have an owner. It is not an error if the operator may not write there
 */
export const putOwners = async (
  { note }: Session,
  { putOwner }: OpenSources,
  leads: readonly SentLead[],
  file: string | boolean | undefined,
): Promise<boolean> => {
  const body = typeof file === 'string' ? await fileBytes(file) : testOwner;
  try {
    for (const { lead_id } of leads) await putOwner(lead_id, body);
    return true;
  } catch (error) {
    const { name, message } = nameAndMessage(error);
    note(`The owner could not be put into the lookup bucket (${name}: ${message}).`);
    return false;
  }
};
