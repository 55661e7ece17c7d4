import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pagerFor, showInPager } from '../../../../cli/terminal/pager';
import { removeTemporaryFolders, temporaryFolder } from '../../../../dev/temporary-folder';

const long = 'line\n'.repeat(30);
const terminal = { isTTY: true, rows: 24, columns: 80 };

describe('the pager', () => {
  it('is for texts that are longer than the terminal', () => {
    expect(pagerFor(long, {}, {}, terminal)).toBe('less -FRX');
    expect(pagerFor('line\n'.repeat(10), {}, {}, terminal)).toBeUndefined();
    expect(pagerFor(`${'x'.repeat(80 * 30)}\n`, {}, {}, terminal)).toBe('less -FRX');
    expect(
      pagerFor(`\u{1b}[32m${'x'.repeat(10)}\u{1b}[39m\n`.repeat(20), {}, {}, { ...terminal, columns: 12 }),
    ).toBeUndefined();
  });

  it('is that of LEADLINE_PAGER, otherwise of PAGER; cat or nothing is none', () => {
    expect(pagerFor(long, {}, { LEADLINE_PAGER: 'most', PAGER: 'more' }, terminal)).toBe('most');
    expect(pagerFor(long, {}, { PAGER: 'more' }, terminal)).toBe('more');
    expect(pagerFor(long, {}, { PAGER: 'cat' }, terminal)).toBeUndefined();
    expect(pagerFor(long, {}, { LEADLINE_PAGER: '', PAGER: 'more' }, terminal)).toBeUndefined();
  });

  it('is not for pipes, JSON and --no-pager', () => {
    expect(pagerFor(long, {}, {}, { ...terminal, isTTY: false })).toBeUndefined();
    // A terminal that reports no size has the usual one.
    expect(pagerFor('a\n', {}, {}, { isTTY: true, rows: 0, columns: 0 })).toBeUndefined();
    expect(pagerFor(long, { json: true }, {}, terminal)).toBeUndefined();
    expect(pagerFor(long, { pager: false }, {}, terminal)).toBeUndefined();
  });

  it('gets the whole text', () => {
    const file = join(temporaryFolder('pager'), 'shown');
    expect(showInPager(`cat >'${file}'`, long, process.env)).toBe(true);
    expect(readFileSync(file, 'utf8')).toBe(long);
    removeTemporaryFolders();
  });

  it('may end before it has read all', () => {
    expect(showInPager('head -c 1 >/dev/null', long.repeat(100_000), process.env)).toBe(true);
    expect(showInPager('exit 1', long, process.env)).toBe(true);
  });

  it('is not used if there is no such program', () => {
    expect(showInPager('no-such-pager-here', long, process.env)).toBe(false);
  });
});
