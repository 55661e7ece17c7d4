import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../../../dev/paths';
import type { PayloadPreset } from '../../sources/payloads/payload-preset';

const folder = join(root, 'events', 'sources');

/** The sample of a preset, a request body as its provider sends it. `undefined` if the project has none. */
export const samplePayload = async (preset: PayloadPreset): Promise<Buffer | undefined> => {
  for (const name of ['payload.json', 'payload.txt']) {
    const body = await readFile(join(folder, preset, name)).catch(() => undefined);
    if (body !== undefined) return body;
  }
  return undefined;
};
