import { sourcesFromEnvironment } from '../../../../dev/cloud/seed';

describe('the secrets of the local sources', () => {
  it.each(['WEBHOOK_SECRET_INGEST', 'WEBHOOK_SECRET_BILLING', 'WEBHOOK_SECRET_SIGNUP'])(
    'are refused if %s is too short, in one sentence with the rule and without the secret',
    (variable) => {
      expect(() => sourcesFromEnvironment({ [variable]: 'abc' })).toThrow(
        `${variable} must have at least 8 characters, and has 3: set a longer secret, or unset it.`,
      );
    },
  );

  it('are those of the environment, or the example values', () => {
    const { lead_ingest, ingest, billing, signup } = sourcesFromEnvironment({
      WEBHOOK_SECRET_INGEST: 'my-own-secret',
      WEBHOOK_SECRET_BILLING: '',
    });
    expect([lead_ingest, ingest, billing, signup].map((source) => source?.auth.secrets)).toStrictEqual([
      ['my-own-secret'],
      ['my-own-secret'],
      ['money-talks-99'],
      ['welcome-hero-00'],
    ]);
  });
});
