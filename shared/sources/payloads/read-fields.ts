import * as E from 'fp-ts/Either';
import type { ValidationProblem } from '../../codecs/validation-problem';
import { absent, type FieldReading } from '../../lead/field-reading';
import type { LeadId } from '../../lead/lead-id';
import { readEmail } from '../../lead/read-email';
import { maxNameLength, maxStatusLength, readLabel } from '../../lead/read-label';
import { readLeadId } from '../../lead/read-lead-id';
import { readOccurredAt } from '../../lead/read-occurred-at';
import type { LeadFieldName, LeadFields } from './lead-fields';

/** What a payload has for a field of a lead. `failed`: the expression for it fails on this payload. */
export type Found = Readonly<{ kind: 'value'; value: unknown } | { kind: 'failed' }>;

export type FieldsRead = Readonly<{
  /** The id of the lead, if it can be read. The other fields may have problems all the same. */
  leadId?: LeadId;
  /** What was left out or cut. The path is the name of the lead's field. */
  warnings: readonly ValidationProblem[];
  fields: E.Either<readonly ValidationProblem[], LeadFields>;
}>;

const readName = readLabel(maxNameLength);
const readStatus = readLabel(maxStatusLength);

/**
 * Reads the fields of a lead leniently. What a lead needs and cannot be read is a problem. What it does not need and
 * cannot be read is left out, with a warning. The same values always give the same result.
 *
 * @param find what the payload has for a field
 * @param pathOf the path of a problem of a required field
 */
export const readFields = (
  find: (name: LeadFieldName) => Found,
  pathOf: (name: LeadFieldName) => string,
): FieldsRead => {
  const [leadId, mailbox] = [reading(find('lead_id'), readLeadId), reading(find('email'), readEmail)];
  const sentName = reading(find('display_name'), readName);
  const nameOfMailbox = mailbox.kind === 'read' ? readName(mailbox.value.name) : absent;
  const optional = {
    display_name: sentName.kind === 'read' ? sentName : nameOfMailbox,
    status: reading(find('status'), readStatus),
    occurred_at: reading(find('occurred_at'), readOccurredAt),
  };
  const { display_name, status, occurred_at } = optional;
  const warnings = [
    ...warningOf('display_name', sentName.kind === 'unreadable' ? sentName : display_name),
    ...warningOf('status', status),
    ...warningOf('occurred_at', occurred_at),
  ];
  if (leadId.kind !== 'read' || mailbox.kind !== 'read') {
    const problems = [...problemOf(pathOf('lead_id'), leadId), ...problemOf(pathOf('email'), mailbox)];
    return { ...(leadId.kind === 'read' ? { leadId: leadId.value } : {}), warnings, fields: E.left(problems) };
  }
  return {
    leadId: leadId.value,
    warnings,
    fields: E.right({
      lead_id: leadId.value,
      email: mailbox.value.email,
      ...(display_name.kind === 'read' ? { display_name: display_name.value } : {}),
      ...(status.kind === 'read' ? { status: status.value } : {}),
      ...(occurred_at.kind === 'read' ? { occurred_at: occurred_at.value } : {}),
    }),
  };
};

const reading = <A>(found: Found, read: (value: unknown) => FieldReading<A>): FieldReading<A> =>
  found.kind === 'failed'
    ? { kind: 'unreadable', message: 'must be readable: the expression for it fails on this payload' }
    : read(found.value);

const problemOf = (path: string, field: FieldReading<unknown>): readonly ValidationProblem[] => {
  switch (field.kind) {
    case 'absent':
      return [{ path, message: 'is missing' }];
    case 'unreadable':
      return [{ path, message: field.message }];
    case 'read':
      return [];
  }
};

const warningOf = (path: LeadFieldName, field: FieldReading<unknown>): readonly ValidationProblem[] => {
  switch (field.kind) {
    case 'absent':
      return [];
    case 'unreadable':
      return [{ path, message: `was left out: ${field.message}` }];
    case 'read':
      return field.warning === undefined ? [] : [{ path, message: field.warning }];
  }
};
