import * as t from 'io-ts';

/** What ingestion could not read as it was sent: the name of a field, and what was done. Never the value. */
export const readWarnings = t.readonlyArray(t.readonly(t.type({ path: t.string, message: t.string })), 'ReadWarnings');
