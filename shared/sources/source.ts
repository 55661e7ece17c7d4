import * as t from 'io-ts';
import { sharedSecret } from './shared-secret';

/** Who may send leads, and how we know that it is them: a closed union by `kind`, with a file for each kind. */
export const source = sharedSecret;

export type Source = t.TypeOf<typeof source>;

/** The content of the sources secret: sources by their id. */
export const sources = t.readonly(t.record(t.string, source), 'Sources');

export type Sources = t.TypeOf<typeof sources>;
