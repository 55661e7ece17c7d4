import { perSecond } from '../../../../cli/terminal/options';

describe('a rate', () => {
  it.each(['0', '0.009', '-1', 'Infinity', '1e999', 'fast', ''])('%p is refused', (text) => {
    expect(() => perSecond(text)).toThrow('0.01 or more');
  });

  it('is a number of messages per second', () => {
    expect(perSecond('0.01')).toBe(0.01);
  });
});
