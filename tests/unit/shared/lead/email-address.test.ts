import fc from 'fast-check';
import { emailAddress } from '../../../../shared/lead/email-address';
import { maskAddresses } from '../../../../shared/codecs/mask-addresses';

describe('an e-mail address', () => {
  it.each([
    'alice@example.com',
    "o'brien+crm@mail.example.co.uk",
    'zoë@exämple.com',
    '!#$%&*/=?^_`{|}~-@example.com',
    `a@${'b'.repeat(63)}.com`,
  ])('may be %s', (text) => {
    expect(emailAddress.is(text)).toBe(true);
  });

  it.each([
    '<alice@example.com>',
    'Alice <alice@example.com>',
    '"alice"@example.com',
    'alice@example.com,bob@example.com',
    'alice@example.com;',
    'mailto:alice@example.com',
    'alice(work)@example.com',
    'a\\b@example.com',
    'alice@[127.0.0.1]',
    "alice@example.com'",
    'alice@localhost',
    'alice@example..com',
    'alice@.example.com',
    'alice@example.com.',
    `a@${'b'.repeat(64)}.com`,
    `${'a'.repeat(65)}@example.com`,
  ])('may not be %s', (text) => {
    expect(emailAddress.is(text)).toBe(false);
  });

  it('is completely masked, whatever its characters', () => {
    const special = fc.constantFrom(...Array.from('a.b@<>"\'(),:;\\[]é|-+%'));
    const part = fc.string({
      unit: fc.oneof(
        { weight: 3, arbitrary: fc.constantFrom('a', '.', 'é', '+') },
        special,
        fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
      ),
      minLength: 1,
      maxLength: 5,
    });
    const candidates = fc.tuple(part, part, part).map(([local, domain, top]) => `${local}@${domain}.${top}`);
    fc.assert(
      fc.property(
        candidates.filter((text) => emailAddress.is(text)),
        (address) => {
          expect(maskAddresses(address)).toBe('***@***');
          expect(maskAddresses(`{"email":"${address}"}`)).toBe('{"email":"***@***"}');
        },
      ),
      { numRuns: 1_000 },
    );
  });
});
