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

  it('are cut to the terminal, so that none wraps or scrolls away', () => {
    const { written, output } = terminal(3, 5);
    redrawing(output)?.(['1234567', '▁▂▃▄▅▆', 'gone']);
    expect(written).toStrictEqual(['\u001b[J1234\n▁▂▃▄\n']);
  });

  it('are not drawn where there is no terminal', () => {
    expect(redrawing({ write: () => undefined })).toBeUndefined();
  });
});
