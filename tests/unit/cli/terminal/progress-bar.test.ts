import { progressBar } from '../../../../cli/terminal/progress-bar';

const terminal = () => {
  let written = '';
  return { isTTY: true, write: (text: string) => (written += text), written: () => written };
};

describe('the progress of a command', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  it('shows that an answer takes longer than a second, until it is there', async () => {
    const output = terminal();
    let answer: (text: string) => void = () => undefined;
    const done = progressBar(() => false, output).during(new Promise<string>((resolve) => (answer = resolve)));
    jest.advanceTimersByTime(900);
    expect(output.written()).toBe('');
    jest.advanceTimersByTime(2_200);
    expect(output.written()).toContain('waiting   3 s');
    answer('here');
    expect(await done).toBe('here');
    expect(output.written().endsWith('\r\u{1b}[2K')).toBe(true);
    const before = output.written();
    jest.advanceTimersByTime(5_000);
    expect(output.written()).toBe(before);
  });

  it('counts what has no known total', () => {
    const output = terminal();
    const bar = progressBar(() => false, output);
    bar.show('found', 10, 0);
    expect(output.written()).toBe('');
    jest.advanceTimersByTime(1_000);
    bar.show('found', 20, 0);
    expect(output.written()).toContain('found     20');
    bar.clear();
    expect(output.written().endsWith('\r\u{1b}[2K')).toBe(true);
  });

  it.each([
    ['without a terminal', false, false],
    ['with --json', true, true],
  ])('is not shown %s', async (_where, isTTY, isJson) => {
    const output = { ...terminal(), isTTY };
    const bar = progressBar(() => isJson, output);
    const done = bar.during(new Promise((resolve) => setTimeout(resolve, 3_000)));
    jest.advanceTimersByTime(3_000);
    await done;
    bar.show('found', 1, 0);
    jest.advanceTimersByTime(3_000);
    bar.show('found', 2, 0);
    expect(output.written()).toBe('');
  });
});
