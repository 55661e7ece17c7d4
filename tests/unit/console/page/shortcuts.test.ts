import { addShortcuts, keyReader, type Press } from '../../../../console/page/app/shortcuts';

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
