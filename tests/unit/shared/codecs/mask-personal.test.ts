import { maskAddress, maskAddressesIn, maskName, maskText } from '../../../../shared/codecs/mask-personal';

describe('a masked value', () => {
  it('lets a person recognise an address without showing it', () => {
    expect(maskAddress('ana.lind@lindab.example')).toBe('a•••@l•••.example');
    expect(maskAddress('"a b"@mail.lindab.co.uk')).toBe('•••@m•••.uk');
    expect(maskAddress('ana@localhost')).toBe('a•••@l•••');
  });

  it('shows the initials of a name only, and an address in its place as an address', () => {
    expect(maskName(' Ana  Lind ')).toBe('A••• L•••');
    expect(maskName('ana@lindab.example')).toBe('a•••@l•••.example');
    expect(maskName('\u202Edrow <b>')).toBe('••• •••');
  });

  it('says nothing about the length of a text', () => {
    expect(maskText('short')).toBe(maskText('x'.repeat(10_000)));
    expect(maskName('A'.repeat(10_000))).toBe('A•••');
  });

  it('keeps the words around an address', () => {
    expect(maskAddressesIn('asked by ana@lindab.example today')).toBe('asked by •••@••• today');
  });
});
