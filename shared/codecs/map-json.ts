type JsonObject = Readonly<Record<string, unknown>>;

/**
 * Changes the members of an object. It returns the object itself if no member changes, because making an object of
 * thousands of members takes longer than reading it.
 *
 * @param name the new name of a member, `undefined` to leave the member out
 * @param value the new value of a member that stays, by its old name
 */
export const mapMembers = (
  object: JsonObject,
  name: (name: string) => string | undefined,
  value: (value: unknown, name: string) => unknown,
): JsonObject => {
  const members: [string, unknown][] = [];
  let isSame = true;
  for (const [oldName, oldValue] of Object.entries(object)) {
    const newName = name(oldName);
    const newValue = newName === undefined ? undefined : value(oldValue, oldName);
    if (newName !== undefined) members.push([newName, newValue]);
    isSame &&= newName === oldName && Object.is(newValue, oldValue);
  }
  return isSame ? object : Object.fromEntries(members);
};

/** Changes the elements of an array. It returns the array itself if no element changes. */
export const mapElements = (array: readonly unknown[], change: (value: unknown) => unknown): readonly unknown[] => {
  const changed = array.map(change);
  return changed.some((value, index) => !Object.is(value, array[index])) ? changed : array;
};
