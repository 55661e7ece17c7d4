import * as E from 'fp-ts/Either';
import { sourcesStore } from '../../shared/aws/sources-store';
import type { Stack } from './cloud';

/** Adds or replaces a source of a stack. Tests that run at the same time may change other sources. */
export const putSource = (stack: Stack, id: string, entry: object): Promise<void> => putSources(stack, { [id]: entry });

/** The same for several sources. */
export const putSources = async (
  { secrets, outputs }: Stack,
  added: Readonly<Record<string, object>>,
): Promise<void> => {
  const store = sourcesStore(secrets, outputs.SourcesSecretName);
  for (let tries = 0; tries < 20; tries += 1) {
    const stored = await store.read();
    if (E.isLeft(stored)) throw new Error(JSON.stringify(stored.left));
    const { versionId, entries } = stored.right;
    const written = await store.replace(versionId, { ...entries, ...added })();
    if (E.isRight(written)) return;
    if (!isLostRace(written.left)) throw new Error(JSON.stringify(written.left));
  }
  throw new Error(`Not written: ${Object.keys(added).join(', ')}`);
};

/** LocalStack answers InternalError if two writers of a secret meet. */
const isLostRace = (failure: Readonly<{ kind: string; cause?: string }>): boolean =>
  failure.kind === 'lost-race' || failure.cause === 'InternalError';
