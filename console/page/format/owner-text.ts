/** The file of an owner, from the fields of a form. Empty fields are left out. */
export const ownerText = (fields: Readonly<Record<string, string>>): string =>
  JSON.stringify(
    Object.fromEntries(
      Object.entries(fields)
        .map(([name, value]) => [name, value.trim()])
        .filter(([, value]) => value !== ''),
    ),
  );
