import * as t from 'io-ts';

/** An event's id as text that a message or an object's metadata gives, whoever wrote it: it becomes part of a key of 1,024 bytes. */
export const eventIdText = t.refinement(t.string, (text) => /^[\x20-\x7e]{1,128}$/.test(text), 'EventId');
