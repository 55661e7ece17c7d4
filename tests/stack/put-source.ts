import * as E from 'fp-ts/Either';
import { sourcesStore } from '../../shared/aws/sources-store';
import type { Stack } from './cloud';

/** Adds or replaces a source of a stack. Tests that run at the same time may change other sources. */
export const putSource = async ({ secrets, outputs }: Stack, id: string, entry: object): Promise<void> => {
  const store = sourcesStore(secrets, outputs.SourcesSecretName);
  for (let tries = 0; tries < 20; tries += 1) {
    const stored = await store.read();
    if (E.isLeft(stored)) throw new Error(JSON.stringify(stored.left));
    const { versionId, entries } = stored.right;
    const written = await store.replace(versionId, { ...entries, [id]: entry })();
    if (E.isRight(written)) return;
    if (written.left.kind !== 'lost-race') throw new Error(JSON.stringify(written.left));
  }
  throw new Error(`source ${id} not written`);
};
