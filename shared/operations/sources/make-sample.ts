import type { ValidSource } from './checked-source';
import { samplePayload } from './sample-payload';
import { freshSample, plainSample, type TestSample } from './test-sample';

/**
 * Makes a sample of a source with a new lead: that of its preset, or one with the fields of `POST /webhook`.
 *
 * @returns `undefined` if the source has a mapping of its own, or has changed that of its preset
 */
export const makeSample = async ({
  id,
  payload,
}: Pick<ValidSource, 'id' | 'payload'>): Promise<TestSample | undefined> => {
  const unique = uniqueDigits();
  if (payload.preset === undefined) return plainSample(id, payload, unique);
  const body = await samplePayload(payload.preset);
  return body === undefined ? undefined : freshSample(id, payload, body, unique);
};

/** 13 digits of the time and 2 of chance: a number below 2^53. */
const uniqueDigits = (): string => `${Date.now()}${String(Math.floor(Math.random() * 100)).padStart(2, '0')}`;
