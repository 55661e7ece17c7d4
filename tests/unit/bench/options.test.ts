import { fullRounds } from '../../../bench/measure';
import { readOptions } from '../../../bench/options';
import { questionNames } from '../../../bench/questions';

test('without arguments everything is measured, and the page is written', () => {
  expect(readOptions([])).toStrictEqual({ names: questionNames, rounds: fullRounds, node: 'both', isWhole: true });
});

test.each([
  ['some questions', ['warm', 'init']],
  ['fewer rounds', ['--rounds', String(fullRounds - 1)]],
  ['one Node.js', ['--node', '24']],
])('a run of %s does not write the page', (_what, args) => {
  expect(readOptions(args)).toMatchObject({ isWhole: false });
});

test('questions are measured in the order of the page, each once', () => {
  expect(readOptions(['warm', 'init', 'warm'])).toMatchObject({ names: ['init', 'warm'] });
});

test.each([
  [['speed'], /^speed is no question\. Questions are: bundle, /],
  [['--rounds', '0'], /--rounds takes a whole number/],
  [['--rounds', '1.5'], /--rounds takes a whole number/],
  [['--node', '22'], /--node takes machine or 24/],
  [['--fast'], /--fast/],
])('%j is refused', (args, message) => {
  expect(() => readOptions(args)).toThrow(message);
});
