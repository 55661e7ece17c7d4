import { redrawing } from '../../../../cli/terminal/redrawing';

const terminal = (rows: number, columns: number) => {
  const written: string[] = [];
  return { written, output: { isTTY: true, rows, columns, write: (text: string) => written.push(text) } };
};

describe('lines that are drawn again', () => {
  it('go over the lines of the time before, and erase those that are left over', () => {
    const { written, output } = terminal(24, 80);
    const draw = redrawing(output);
    draw?.(['a', 'b', 'c']);
    draw?.(['d']);
    expect(written).toStrictEqual(['\u001b[Ja\nb\nc\n', '\u001b[3A\u001b[Jd\n']);
  });

  it('are broken at the width of the terminal, so that none wraps and nothing is cut off', () => {
    const { written, output } = terminal(10, 5);
    const draw = redrawing(output);
    draw?.(['1234567', '', '▁▂▃▄▅▆']);
    draw?.(['x']);
    expect(written).toStrictEqual(['\u001b[J1234\n567\n\n▁▂▃▄\n▅▆\n', '\u001b[5A\u001b[Jx\n']);
  });

  it('end with the number of those that do not fit, so that none scrolls away', () => {
    const { written, output } = terminal(3, 80);
    redrawing(output)?.(['a', 'b', 'c']);
    expect(written).toStrictEqual(['\u001b[Ja\n… 2 more lines\n']);
  });

  it('lose no character on a terminal that reports no size', () => {
    const { written, output } = terminal(0, 0);
    redrawing(output)?.(['1 RECEIVED']);
    expect(written).toStrictEqual(['\u001b[J1 RECEIVED\n']);
  });

  it('are not drawn where there is no terminal', () => {
    expect(redrawing({ write: () => undefined })).toBeUndefined();
  });
});
