import type { Command } from 'commander';
import * as E from 'fp-ts/Either';
import type { LeadId } from '../../../shared/lead/lead-id';
import { ownerName } from '../../../shared/lead/owner';
import {
  planOwner,
  type PlannedOwner,
  type WrittenOwner,
  writeOwner,
} from '../../../shared/operations/owners/put-owner';
import { plannedOwnerView } from '../../../shared/operations/views/owner-view';
import { Problem } from '../../problems/problem';
import { commandWith, type Manual } from '../../manual/manual';
import type { Session } from '../../session';
import { confirm } from '../../terminal/confirm';
import { inputBytes } from '../../terminal/input-text';
import { leadIdText } from '../../terminal/options';

const manual: Manual = {
  details: [
    'The file is one JSON object in UTF-8 of at most 256 KiB. It needs a name (owner_name, lead_owner, owner, name, ' +
      'display_name or owner_id) or an address (owner_email, email), which must be ' +
      'a valid e-mail address. All other fields are kept, too.',
    'If the lead has another file, leadline shows what changes and asks first, unless --yes is given. A file that ' +
      'another writer changes at the same time is left as it is.',
    'Put the file before the event is due. If the event has failed, put the file, then redrive the lead.',
  ],
  examples: [
    ['Store the owner of a lead', 'leadline owners put test-1 owner.json'],
    ['From standard input', 'echo \'{"owner_name":"Ann"}\' | leadline owners put test-1 - --yes'],
  ],
  exitCodes: { 1: 'failed, or another writer changed the file at the same time' },
  seeAlso: ['owners check', 'dlq redrive'],
};

/** `leadline owners put` */
export const putCommand = (session: Session): Command =>
  commandWith('put', manual)
    .description('Stores the file of the owner of a lead, after it is checked')
    .argument('<lead_id>', 'id of the lead', leadIdText)
    .argument('<file>', 'a file with a JSON object; - is standard input')
    .option('--yes', 'do not ask for confirmation before another file is replaced')
    .action(async (leadId: LeadId, file: string, { yes = false }: Readonly<{ yes?: boolean }>) => {
      const body = await inputBytes(file);
      const { owners } = await session.stack();
      const planned = await planOwner(owners, leadId, body);
      if (E.isLeft(planned)) throw new Problem('usage', `The file ${planned.left.join('; ')}. Nothing was written.`);
      if (planned.right.change === 'replaces') await showReplaced(session, planned.right, yes);
      const result = await writeOwner(owners, planned.right);
      session.print(plannedOwnerView(planned.right, result), [resultLine(planned.right, result)]);
      session.finish({ leftAlone: result === 'changed' });
    });

const showReplaced = async (session: Session, planned: PlannedOwner, isConfirmed: boolean): Promise<void> => {
  const { previous_owner, owner, changed_fields } = plannedOwnerView(planned);
  session.note(
    `Lead ${planned.leadId} has a file: owner ${previous_owner ?? 'not readable'}. The new one: owner ${owner}. ` +
      (changed_fields.length === 0 ? '' : `Changed fields: ${changed_fields.join(', ')}.`),
  );
  if (!isConfirmed) await confirm(session, 'Replace', 1, 'written');
};

const resultLine = ({ leadId, owner }: PlannedOwner, result: WrittenOwner): string => {
  switch (result) {
    case 'written':
      return `written: the owner of lead ${leadId} is ${ownerName(owner)}`;
    case 'unchanged':
      return `unchanged: the file of lead ${leadId} says the same`;
    case 'changed':
      return `not written: another writer changed the file of lead ${leadId} at the same time. Run the command again.`;
  }
};
