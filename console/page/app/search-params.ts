/** The parameters of an address as the router keeps them: each is a text. */
export type SearchParams = Readonly<Record<string, string>>;

/**
 * Reads the query of an address. Unlike the default of the router, a value is never read as JSON: the id of a lead can
 * be `123` or `true`, and stays a text. Of a name that is there twice the last value counts.
 */
export const parseSearch = (query: string): SearchParams => Object.fromEntries(new URLSearchParams(query));

/** Writes the query of an address. Values that are absent or empty are left out. */
export const stringifySearch = (search: Readonly<Record<string, unknown>>): string => {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(search))
    if (typeof value === 'string' && value !== '') query.set(name, value);
  return query.size === 0 ? '' : `?${query}`;
};

/** The values of an address that a page knows, for `validateSearch` of its route. Empty and unknown ones are left out. */
export const pick = <Name extends string>(
  search: Readonly<Record<string, unknown>>,
  names: readonly Name[],
): Partial<Record<Name, string>> =>
  Object.fromEntries(
    names.map((name) => [name, search[name]]).filter(([, value]) => typeof value === 'string' && value !== ''),
  ) as Partial<Record<Name, string>>;

/** A value of an address, if it is one of those that the page knows. */
export const oneOf = <Value extends string>(value: unknown, known: readonly Value[]): Value | undefined =>
  known.find((one) => one === value);
