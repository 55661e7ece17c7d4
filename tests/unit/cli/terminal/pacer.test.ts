import { pacer } from '../../../../cli/terminal/pacer';

test('a pacer keeps messages hidden during a long wait, which an interruption ends', async () => {
  const interruption = new AbortController();
  let kept = 0;
  const keepHidden = () => {
    kept += 1;
    if (kept === 3) interruption.abort();
    return Promise.resolve();
  };
  await pacer(0.01, interruption.signal, 5)(keepHidden);
  expect(kept).toBe(3);
});

test('a pacer without a rate does not wait', async () => {
  let kept = 0;
  await pacer(undefined, new AbortController().signal)(() => Promise.resolve(void (kept += 1)));
  expect(kept).toBe(0);
});
