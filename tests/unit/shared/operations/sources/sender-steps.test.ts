import { senderSteps } from '../../../../../shared/operations/sources/sender-steps';

const secrets = ['the-secret-of-the-source'];

describe('what the sender of a source must set', () => {
  it('names all settings of a signature, and no secret', () => {
    const steps = senderSteps({
      ...{ scheme: 'hmac', header: 'x-sig', algorithm: 'sha512', encoding: 'base64', prefix: 'v1=' },
      ...{ signed: '{id}.{timestamp}.{body}', timestamp_header: 'x-time', timestamp_unit: 'ms', id_header: 'x-id' },
      ...{ secret_encoding: 'hex', secrets, verify_token: 'the-token-of-the-source' },
    });
    expect(steps).toStrictEqual([
      'Sign the text {id}.{timestamp}.{body} of each request by HMAC with sha512, and send the signature in base64 ' +
        'after the prefix v1= in the header x-sig.',
      'Send the time in milliseconds since 1970 (UTC) in the header x-time.',
      'Send an id of the request in the header x-id.',
      'Decode the secret from hex: its bytes are the key of the HMAC.',
    ]);
  });

  it('adds nothing for the scheme of a provider', () => {
    expect(senderSteps({ scheme: 'github', secrets })).toStrictEqual([]);
  });
});
