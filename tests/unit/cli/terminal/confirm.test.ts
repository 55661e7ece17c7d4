import { confirm } from '../../../../cli/terminal/confirm';

const stdin = Object.getOwnPropertyDescriptor(process.stdin, 'isTTY');
afterEach(() => {
  if (stdin === undefined) Reflect.deleteProperty(process.stdin, 'isTTY');
  else Object.defineProperty(process.stdin, 'isTTY', stdin);
});

// The user may have a terminal: only standard input is a pipe, as in `leadline owners import - < owners.csv`.
it('says that standard input is not a terminal, that nothing was done, and which option to give', async () => {
  Object.defineProperty(process.stdin, 'isTTY', { value: false, configurable: true });
  const session = { interruption: new AbortController().signal, clear: () => undefined };
  await expect(confirm(session, 'Replace', 2, 'written')).rejects.toMatchObject({
    kind: 'nobody-to-ask',
    message: expect.stringMatching(/standard input is not a terminal.*Nothing was written.*--yes/) as string,
  });
});
