import type { PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { stackPorts } from '../../../shared/aws/operator-stack';
import { type OperatorStack, operatorOutputs, type Parts, type Variant } from '../functions';
import { changing, type Command, unconditional } from './changes';

/** `leadline rebuild` with other writes to the table. */
const rebuildingBy = (stack: OperatorStack, { clients, now }: Parts, change: (command: Command) => void) => ({
  ...stack,
  rebuild: stackPorts({ ...clients, dynamodb: changing(clients.dynamodb, change) }, operatorOutputs, now, 'operator')
    .rebuild,
});

type Ports = ReturnType<OperatorStack['rebuild']>;

/** `leadline rebuild` with other ports. */
const rebuildingWith = (stack: OperatorStack, change: (ports: Ports) => Partial<Ports>): OperatorStack => ({
  ...stack,
  rebuild: (table) => {
    const ports = stack.rebuild(table);
    return { ...ports, ...change(ports) };
  },
});

const isPut = (input: object): input is PutItemCommand['input'] => 'Item' in input;

const isUpdate = (input: object): input is UpdateItemCommand['input'] => 'UpdateExpression' in input;

/** Broken steps of `leadline rebuild`. */
export const rebuildVariants: readonly Variant[] = [
  {
    name: 'rebuild-overwrites-records',
    breaks: 'rebuild overwrites the record of an event that has one',
    within: 600,
    operate: (stack, parts) =>
      rebuildingBy(stack, parts, ({ input }) => {
        if (isPut(input)) input.ConditionExpression = 'attribute_exists(pk) OR attribute_not_exists(pk)';
      }),
  },
  {
    name: 'rebuild-overwrites-leads',
    breaks: 'rebuild writes what an event says about its lead, although the lead has a newer one',
    within: 3_000,
    operate: (stack, parts) =>
      rebuildingBy(stack, parts, (command) => {
        if (isUpdate(command.input)) unconditional(command);
      }),
  },
  {
    name: 'rebuild-trusts-enriched-objects',
    breaks: 'rebuild takes an enriched object for a mail that was sent',
    within: 6_000,
    operate: (stack, parts) =>
      rebuildingBy(stack, parts, ({ input }) => {
        if (isPut(input) && input.Item?.state?.S === 'NOTIFIED') delete input.Item.mail_claims;
      }),
  },
  {
    name: 'rebuild-leaves-owners-out',
    breaks: 'rebuild does not write the owner of a lead that has the same event already',
    within: 2_000,
    operate: (stack) =>
      rebuildingWith(stack, ({ writeLead }) => ({ writeLead: (record, owner) => writeLead(record, owner, false) })),
  },
  {
    name: 'rebuild-leaves-backups-unsettled',
    breaks: 'rebuild leaves the events of a backup as they are, although they were mailed after it',
    within: 2_000,
    operate: (stack) => ({ ...stack, rebuild: () => stack.rebuild() }),
  },
  {
    name: 'rebuild-leaves-failures-unsettled',
    breaks: 'rebuild leaves a failed event of a backup as it is, although it was mailed after it',
    within: 10_000,
    operate: (stack, parts) =>
      rebuildingBy(stack, parts, ({ input }) => {
        if (isUpdate(input) && input.ExpressionAttributeValues?.[':enriched'] !== undefined)
          input.ExpressionAttributeValues[':enriched'] = { S: '' };
      }),
  },
  {
    name: 'rebuild-forgets-mails',
    breaks: 'rebuild makes each event FAILED, whether or not it was mailed',
    within: 1_000,
    operate: (stack) =>
      rebuildingWith(stack, ({ writeEvent }) => ({
        writeEvent: (event) => writeEvent({ ...event, state: { state: 'FAILED', reason: 'record-lost' } as const }),
      })),
  },
];
