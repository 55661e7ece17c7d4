import { perSecond } from '../../../../cli/terminal/options';
import { pacer } from '../../../../cli/terminal/pacer';

describe('a rate', () => {
  it.each(['0', '0.009', '-1', 'Infinity', '1e999', 'fast', ''])('%p is refused', (text) => {
    expect(() => perSecond(text)).toThrow('0.01 or more');
  });

  it('keeps what is held during a long wait, which an interruption ends', async () => {
    const interruption = new AbortController();
    let kept = 0;
    const keep = () => {
      kept += 1;
      if (kept === 3) interruption.abort();
      return Promise.resolve();
    };
    await pacer(0.01, interruption.signal, 5)(keep);
    expect(kept).toBe(3);
  });
});
