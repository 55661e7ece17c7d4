import { jsonProblem } from './typed-json';

/** The payload of a signed test: what was typed, or the sample of the source. */
export type TestPayload = Readonly<{
  text: string;
  /** Why the text is no body of the source. */
  problem: string | undefined;
  hint: string;
  /** Whether it can be sent. */
  isReady: boolean;
}>;

/**
 * @param typed `undefined` while the sample was not changed
 * @param sample `null` if the source reads no sample of Leadline, `undefined` while it is not known
 * @param format of the bodies of the source
 */
export const testPayload = (
  typed: string | undefined,
  sample: string | null | undefined,
  format: string | null,
): TestPayload => {
  const text = typed ?? sample ?? '';
  const isEmpty = text.trim() === '';
  const problem = isEmpty || format === 'form' ? undefined : jsonProblem(text);
  return {
    ...{ text, problem, isReady: !isEmpty && problem === undefined },
    hint:
      sample === null
        ? 'Leadline has no sample that the mapping of this source reads. Paste a request body as its sender sends it.'
        : 'A sample with a new lead. You can edit it, or paste a request body of the sender.',
  };
};
