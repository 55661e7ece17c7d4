import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../dev/paths';

const folder = join(root, 'events', 'sources');

const read = (...path: readonly string[]): string => readFileSync(join(folder, ...path), 'utf8');

/** A sample of a preset: the body as its provider sends it, the leads in it, and the configuration of its source. */
export type SamplePayload = Readonly<{
  preset: string;
  body: string;
  contentType: string;
  expected: readonly Readonly<Record<string, string>>[];
  source: Readonly<{ auth: Readonly<{ scheme: string; secrets: readonly string[] }>; payload: object }>;
}>;

export const samplePayloads: readonly SamplePayload[] = readdirSync(folder).map((preset) => {
  const isForm = readdirSync(join(folder, preset)).includes('payload.txt');
  return {
    preset,
    // A file ends with a line break, which is no part of a form.
    body: isForm ? read(preset, 'payload.txt').trimEnd() : read(preset, 'payload.json'),
    contentType: isForm ? 'application/x-www-form-urlencoded' : 'application/json',
    expected: JSON.parse(read(preset, 'expected.json')) as SamplePayload['expected'],
    source: JSON.parse(read(preset, 'source.json')) as SamplePayload['source'],
  };
});
