import { testPayload } from '../../../../console/page/format/test-payload';

const sample = '{"email":"leadline-test-1@example.com"}';

describe('the payload of a signed test', () => {
  it('is the sample of the source until the user changes it', () => {
    expect(testPayload(undefined, sample, 'json')).toMatchObject({ text: sample, problem: undefined, isReady: true });
    expect(testPayload('{"id":1}', sample, 'json')).toMatchObject({ text: '{"id":1}', isReady: true });
    expect(testPayload('', sample, 'json')).toMatchObject({ text: '', isReady: false });
  });

  it('is pasted for a source whose mapping reads no sample', () => {
    const empty = testPayload(undefined, null, 'json');
    expect(empty).toMatchObject({ text: '', problem: undefined, isReady: false });
    expect(empty.hint).toContain('Paste a request body');
    expect(testPayload('[{"id":1}]', null, 'json-any-type')).toMatchObject({ problem: undefined, isReady: true });
  });

  it('says by its field that it is no JSON, and is not sent then', () => {
    const wrong = testPayload('{"id": }', null, 'json');
    expect(wrong.isReady).toBe(false);
    expect(wrong.problem).toMatch(/^This is not JSON: ./);
  });

  it('need not be JSON for a source whose senders send forms', () => {
    expect(testPayload('id=1&email=a%40example.com', null, 'form')).toMatchObject({
      problem: undefined,
      isReady: true,
    });
  });
});
