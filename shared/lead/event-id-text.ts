import * as t from 'io-ts';

/**
 * The id of an event in a message, or in the metadata of an object. A person may have written it, and it becomes part
 * of the sort key of an item, which has at most 1,024 bytes.
 */
export const eventIdText = t.refinement(t.string, (text) => /^[\x20-\x7e]{1,128}$/.test(text), 'EventId');
