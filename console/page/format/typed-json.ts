/** What is wrong with a text that should be a JSON object, or the object. An empty text is an empty object. */
export type ObjectText =
  | Readonly<{ kind: 'object'; object: Readonly<Record<string, unknown>> }>
  | Readonly<{ kind: 'problem'; problem: string }>;

/** Reads a JSON object that a user typed. The problem names the place, if the browser does. */
export const objectIn = (text: string): ObjectText => {
  if (text.trim() === '') return { kind: 'object', object: {} };
  try {
    const json: unknown = JSON.parse(text);
    return typeof json === 'object' && json !== null && !Array.isArray(json)
      ? { kind: 'object', object: json as Readonly<Record<string, unknown>> }
      : { kind: 'problem', problem: 'This must be a JSON object: {"name": "value"}.' };
  } catch (error) {
    return { kind: 'problem', problem: `This is not JSON: ${error instanceof Error ? error.message : ''}` };
  }
};

/** JSON for a field that a user edits. */
export const prettyJson = (value: unknown): string => JSON.stringify(value, null, 2);
