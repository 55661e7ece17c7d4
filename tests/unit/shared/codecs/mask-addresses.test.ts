import fc from 'fast-check';
import { maskAddresses } from '../../../../shared/codecs/mask-addresses';

describe('masking', () => {
  it.each([
    ['Email address is not verified: alice@example.com', 'Email address is not verified: ***@***'],
    ['"Bob" <bob.b+crm@mail.example.co.uk>, carol@example.org', '"Bob" <***@***>, ***@***'],
    ['{"email":"zoë@exämple.com"}', '{"email":"***@***"}'],
    ["to 'o'brien@example.com' and '@example.com", "to ***@***' and ***@***"],
    ['lead L-1 at raw/x.json', 'lead L-1 at raw/x.json'],
  ])('turns %j into %j', (text, masked) => {
    expect(maskAddresses(text)).toBe(masked);
  });

  it('leaves no address in any place of a text', () => {
    fc.assert(
      fc.property(fc.string(), fc.emailAddress(), fc.string(), (before, address, after) => {
        expect(maskAddresses(`${before} ${address} ${after}`)).not.toContain(address);
      }),
    );
  });
});
