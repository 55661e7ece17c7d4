import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { MappedFields } from '../lead/mapped-fields';
import type { WriteId } from '../stored/write-id';
import { mostSteps, type Step } from '../stored/event-step';
import { allOf, attributeNames, type Condition } from './condition';
import { hasRoomForAStep, isNotDone } from './event-conditions';

type Value = string | number | MappedFields | ReadonlySet<string>;

/** A conditional change of an event's item. */
export type Change = Readonly<{
  condition: Condition;
  set: Readonly<Record<string, Value>>;
  /** Attributes that are set only if they are absent. */
  setOnce?: Readonly<Record<string, Value>>;
  /** Members to add to sets of text. */
  join?: Readonly<Record<string, string>>;
  /** Members to remove from sets of text. */
  leave?: Readonly<Record<string, string>>;
  remove?: readonly string[];
  /** The step to add to the history of the event. */
  step: Step;
  /**
   * An attribute for the id of this write, so that its writer recognises it even if others have written the item since.
   */
  once?: WriteId;
}>;

export type Write = Readonly<{
  writeId: string;
  /** A full history keeps its first steps, and its last step is replaced. */
  history: 'append' | 'replace-last';
}>;

type ChangeExpressions = Readonly<{
  UpdateExpression: string;
  ConditionExpression: string;
  ExpressionAttributeNames: Record<string, string>;
  ExpressionAttributeValues: Record<string, AttributeValue>;
}>;

/**
 * The expressions of one write of a change. Besides the condition of the change they require that the write has not
 * been done, and that a step which is appended has room.
 */
export const changeExpressions = (change: Change, { writeId, history }: Write): ChangeExpressions => {
  const { set, setOnce = {}, join = {}, leave = {}, step, once } = change;
  const ids = once === undefined ? ['write_id'] : ['write_id', once];
  const sets = { ...set, ...Object.fromEntries(ids.map((name) => [name, writeId])) };
  const stepChange = history === 'append' ? appended(step) : replacingLast(step);
  const update = updateExpression({ ...change, set: sets }, stepChange.text);
  const condition = allOf(change.condition, ...ids.map(isNotDone), ...(history === 'append' ? [hasRoomForAStep] : []));
  return {
    UpdateExpression: update,
    ConditionExpression: condition.text,
    ExpressionAttributeNames: attributeNames(update, condition.text),
    ExpressionAttributeValues: marshall({
      ...condition.values,
      ...stepChange.values,
      ...placeholders('set', sets),
      ...placeholders('once', setOnce),
      ...placeholders('join', asSets(join)),
      ...placeholders('leave', asSets(leave)),
    }),
  };
};

const updateExpression = ({ set, setOnce = {}, join = {}, leave = {}, remove = [] }: Change, step: string): string => {
  const sets = Object.keys(set).map((name) => `#${name} = :set_${name}`);
  const setsOnce = Object.keys(setOnce).map((name) => `#${name} = if_not_exists(#${name}, :once_${name})`);
  const removes = remove.map((name) => `#${name}`);
  const joins = Object.keys(join).map((name) => `#${name} :join_${name}`);
  const leaves = Object.keys(leave).map((name) => `#${name} :leave_${name}`);
  return [
    ...section('SET', [...sets, ...setsOnce, step]),
    ...section('REMOVE', removes),
    ...section('ADD', joins),
    ...section('DELETE', leaves),
  ].join(' ');
};

const appended = (step: Step) => ({
  text: '#history = list_append(if_not_exists(#history, :no_steps), :steps)',
  values: { ':no_steps': [], ':steps': [step] },
});

const replacingLast = (step: Step) => ({ text: `#history[${mostSteps - 1}] = :step`, values: { ':step': step } });

/** One section of an update expression. DynamoDB refuses a section without a part. */
const section = (keyword: 'SET' | 'REMOVE' | 'ADD' | 'DELETE', parts: readonly string[]): readonly string[] =>
  parts.length === 0 ? [] : [`${keyword} ${parts.join(', ')}`];

const placeholders = (prefix: string, fields: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(fields).map(([name, value]) => [`:${prefix}_${name}`, value]));

const asSets = (fields: Readonly<Record<string, string>>): Readonly<Record<string, ReadonlySet<string>>> =>
  Object.fromEntries(Object.entries(fields).map(([name, member]) => [name, new Set([member])]));
