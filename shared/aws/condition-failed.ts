import { type AttributeValue, ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import type { StoreFailure } from '../ports/store-failure';
import type { Expect } from './call';

/** DynamoDB refused a conditional write, because the condition does not hold. */
export type ConditionFailed = Readonly<{
  kind: 'condition-failed';
  /** The item that does not meet the condition. Absent if there is no item, or if the cloud does not return it. */
  item: Record<string, AttributeValue> | undefined;
  /** For a caller that cannot go on without the item. */
  failure: StoreFailure;
}>;

/** Recognises the refusal of a write that has `ReturnValuesOnConditionCheckFailure: 'ALL_OLD'`. */
export const conditionFailed: Expect<ConditionFailed> = (error, failure) =>
  error instanceof ConditionalCheckFailedException
    ? { kind: 'condition-failed', item: error.Item, failure }
    : undefined;
