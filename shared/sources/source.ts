import * as t from 'io-ts';
import { sharedSecret } from './shared-secret';

/** Who may send leads, and how we know that it is them: a closed union by `kind`, with a file for each kind. */
export const source = sharedSecret;

export type Source = t.TypeOf<typeof source>;

/** The content of the sources secret: sources by their id, which stands in the metadata of raw objects, where S3 has 2 KB. */
export const sources = t.readonly(
  t.refinement(
    t.record(t.string, source),
    (byId) => Object.keys(byId).every((id) => id !== '' && id.length <= 64),
    'sources by ids of 1 to 64 characters',
  ),
  'Sources',
);

export type Sources = t.TypeOf<typeof sources>;
