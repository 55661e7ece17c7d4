import { prettyJson } from '../../../shared/codecs/pretty-json';

/**
 * The file of an owner, from the fields of a form and an object that was pasted. Empty fields are left out. The fields of
 * the form go before those of the object.
 */
export const ownerText = (
  fields: Readonly<Record<string, string>>,
  more: Readonly<Record<string, unknown>> = {},
): string =>
  prettyJson({
    ...more,
    ...Object.fromEntries(
      Object.entries(fields)
        .map(([name, value]) => [name, value.trim()])
        .filter(([, value]) => value !== ''),
    ),
  });
