import { samplePayload } from '../../../shared/operations/sources/sample-payload';
import { sampleOf, type TestSample } from '../../../shared/operations/sources/test-sample';
import { payloadPreset } from '../../../shared/sources/payloads/payload-preset';
import type { Sample } from '../../api/send';

/** A sample as the page shows it. */
export const textOf = ({ contentType, body }: TestSample) => ({
  preset: null,
  content_type: contentType,
  body: Buffer.from(body).toString(),
});

/** The sample of each preset, as its provider sends it. */
export const allSamples = async (): Promise<readonly Sample[]> => {
  const found = await Promise.all(
    Object.keys(payloadPreset.keys).map(async (name) => {
      const preset = name as keyof typeof payloadPreset.keys;
      const body = await samplePayload(preset);
      return body === undefined ? [] : [{ ...textOf(sampleOf({ preset }, body)), preset }];
    }),
  );
  return found.flat();
};
