/**
 * The value of an option that takes a whole number.
 *
 * @param text what was given, or `undefined` if the option was not
 * @throws an Error that names the option and its allowed values
 */
export const wholeNumber = (
  name: string,
  text: string | undefined,
  otherwise: number,
  min: number,
  max: number,
): number => {
  if (text === undefined) return otherwise;
  const value = Number(text);
  if (!/^\d{1,9}$/.test(text) || value < min || value > max) {
    throw new Error(`${name} takes a whole number from ${min} to ${max}.`);
  }
  return value;
};
