import type { AttributeValue } from '@aws-sdk/client-dynamodb';

/** DynamoDB appends an element if the index is beyond the end of the list. */
export const withElement = (
  list: readonly AttributeValue[] = [],
  index: number,
  element: AttributeValue,
): AttributeValue[] => {
  const changed = [...list];
  changed[Math.min(index, list.length)] = element;
  return changed;
};

export const sizeOf = (value: AttributeValue | undefined): AttributeValue | undefined => {
  const size = value?.L?.length ?? value?.SS?.length ?? value?.S?.length;
  return size === undefined ? undefined : { N: String(size) };
};

/** Negative, zero or positive. `undefined` if the values cannot be compared, as with an absent attribute. */
export const compare = (a: AttributeValue | undefined, b: AttributeValue | undefined): number | undefined => {
  if (a?.S !== undefined && b?.S !== undefined) return a.S < b.S ? -1 : a.S > b.S ? 1 : 0;
  if (a?.N !== undefined && b?.N !== undefined) return Number(a.N) - Number(b.N);
  return undefined;
};

/** Of values that cannot be compared, only `<>` is true. */
export const comparisons: Readonly<Record<string, (order: number | undefined) => boolean>> = {
  '=': (order) => order === 0,
  '<>': (order) => order !== 0,
  '<': (order) => order !== undefined && order < 0,
  '<=': (order) => order !== undefined && order <= 0,
  '>': (order) => order !== undefined && order > 0,
  '>=': (order) => order !== undefined && order >= 0,
};
