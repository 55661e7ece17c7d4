import { addShortcuts, keyReader, listedShortcuts, type Press } from '../../../../console/page/app/shortcuts';

const nothing = (): void => undefined;
const press = (key: string, at = 0, more: Partial<Press> = {}): Press => ({
  ...{ key, at, isModified: false, isTyping: false },
  ...more,
});

let remove: () => void;
beforeEach(() => {
  remove = addShortcuts([
    { keys: 'g o', does: 'overview', run: nothing },
    { keys: 'o', does: 'open', run: nothing },
    { keys: '/', does: 'search', run: nothing },
  ]);
});
afterEach(() => remove());

test('two keys after each other are one shortcut, if the second comes in time', () => {
  const read = keyReader();
  expect(read(press('g'))).toBeUndefined();
  expect(read(press('o', 500))?.does).toBe('overview');
  read(press('g', 1_000));
  expect(read(press('o', 9_000))?.does).toBe('open');
});

test('what the user types into a field is no shortcut, nor is a key with a modifier', () => {
  const read = keyReader();
  expect(read(press('/', 0, { isTyping: true }))).toBeUndefined();
  expect(read(press('/', 0, { isModified: true }))).toBeUndefined();
  read(press('g', 0, { isTyping: true }));
  expect(read(press('o', 1))?.does).toBe('open');
});

test('the later of two shortcuts with the same keys counts, until it is removed', () => {
  const read = keyReader();
  const removeLater = addShortcuts([{ keys: '/', does: 'search dead letters', run: nothing }]);
  expect(read(press('/'))?.does).toBe('search dead letters');
  removeLater();
  expect(read(press('/'))?.does).toBe('search');
});

describe('the list of shortcuts', () => {
  const shortcut = (keys: string, does = keys, isLater = false) => ({ keys, does, isLater, run: nothing });

  it('has those of the page apart from those of each page, also if they need a chosen row first', () => {
    const all = [shortcut('/'), shortcut('g o'), shortcut('?'), shortcut('j'), shortcut('r', 'redrive', true)];
    const { ofPage, ofEachPage } = listedShortcuts(all);
    expect(ofPage.map(({ keys }) => keys)).toStrictEqual(['j', 'r']);
    expect(ofEachPage.map(({ keys }) => keys)).toStrictEqual(['/', 'g o', '?']);
  });

  it('has only the later one of two with the same keys', () => {
    const { ofPage } = listedShortcuts([shortcut('j', 'next event'), shortcut('j', 'next row')]);
    expect(ofPage.map(({ does }) => does)).toStrictEqual(['next row']);
  });

  it('does nothing by a key that needs something first', () => {
    const removeLater = addShortcuts([shortcut('r', 'redrive', true)]);
    expect(keyReader()(press('r'))).toBeUndefined();
    removeLater();
  });
});
