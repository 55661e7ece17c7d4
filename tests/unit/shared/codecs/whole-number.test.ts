import fc from 'fast-check';
import * as E from 'fp-ts/Either';
import { parseJson } from '../../../../shared/codecs/json-text';
import { wholeNumberText } from '../../../../shared/codecs/whole-number';

const read = (text: string): string | undefined => {
  const json = parseJson(text);
  return E.isRight(json) ? wholeNumberText(json.right) : 'not JSON';
};

describe('the text of a whole number', () => {
  it.each([
    ['7', '7'],
    ['-7', '-7'],
    ['-0', '0'],
    ['1.0', '1'],
    ['1e3', '1000'],
    ['12.5e1', '125'],
    ['9007199254740993', '9007199254740993'],
    ['123456789012345678901234567890', '123456789012345678901234567890'],
    ['1e21', '1000000000000000000000'],
    ['1.5e22', '15000000000000000000000'],
    ['1e23', '100000000000000000000000'],
    ['-1e40', `-1${'0'.repeat(40)}`],
    ['1e400', undefined],
    ['1.5', undefined],
    ['1e-3', undefined],
    ['0.10000000000000000001', undefined],
    ['12345678901234567890.5', undefined],
    ['"7"', undefined],
    ['true', undefined],
    ['null', undefined],
    ['[7]', undefined],
  ])('of %s is %s', (json, text) => {
    expect(read(json)).toBe(text);
  });

  it('is the same for every whole number of up to 300 digits', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 299n), max: 10n ** 299n }), (number) => {
        expect(read(String(number))).toBe(String(number));
      }),
    );
  });
});
