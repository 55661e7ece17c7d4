import { adviceOn } from '../../../../cli/problems/advice';
import { unavailable } from '../../../../shared/ports/store-failure';

const before = { ...process.env };
afterEach(() => {
  process.env = { ...before };
});

describe('advice', () => {
  it.each(['ECONNREFUSED', 'ECONNRESET', 'EPIPE'])('knows a connection that failed during a command: %s', (code) => {
    const failure = unavailable('events')(Object.assign(new Error(`read ${code}`), { code }));
    expect(failure).toMatchObject({ cause: code });
    expect(adviceOn(code, '').kind).toBe('no-answer');
  });

  it('says which of a profile and keys is used', () => {
    const advice = () => adviceOn('CredentialsProviderError', 'no').advice;
    Object.assign(process.env, { AWS_PROFILE: 'sales', AWS_ACCESS_KEY_ID: 'AKIA' });
    expect(advice()).toContain('Unset AWS_PROFILE to use the keys');
    delete process.env.AWS_PROFILE;
    expect(advice()).toContain('The keys of AWS_ACCESS_KEY_ID');
  });

  it.each(['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'ERR_INVALID_URL', 'SELF_SIGNED_CERT_IN_CHAIN'])('knows %s', (code) => {
    expect(adviceOn(code, '').kind).toBe('configuration');
    expect(adviceOn('Error', `${code} any`).kind).toBe('configuration');
  });

  it.each([
    ['AWS.SimpleQueueService.NonExistentQueue', 'gone'],
    ['403', 'access-denied'],
    ['ThrottlingException', 'throttled'],
    ['UnprocessedKeys', 'throttled'],
    ['ExpiredTokenException', 'no-credentials'],
  ])('knows %s as %s', (name, kind) => {
    expect(adviceOn(name, '').kind).toBe(kind);
  });
});
