import { parseArgs } from 'node:util';
import { wholeNumber } from '../tests/support/whole-number-option';
import { fullRounds } from './measure';
import { type QuestionName, questionNames } from './questions';

export const usage = `npm run bench -- [--rounds N] [--node machine|24] [NAME ...]

Measures Leadline and its peers, and compares each ratio with its bound.

  NAME        what is measured (all): ${questionNames.join(', ')}
  --rounds N  how often each variant is measured, after two warm-ups (${fullRounds})
  --node      only with the Node.js of this machine, or only with Node.js 24 (both)
  --help      this text

A run of everything with at least ${fullRounds} rounds writes docs/performance.md.
Exit code: 0 all bounds met, 1 a bound was missed, 2 wrong arguments, 130 interrupted.`;

export type Options = Readonly<{
  names: readonly QuestionName[];
  rounds: number;
  node: 'machine' | '24' | 'both';
  /** Whether the run measures everything often enough for the page. */
  isWhole: boolean;
}>;

const isName = (text: string): text is QuestionName => (questionNames as readonly string[]).includes(text);

/** @throws an Error that names the wrong argument and the allowed values */
export const readOptions = (args: readonly string[]): Options | 'help' => {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { rounds: { type: 'string' }, node: { type: 'string' }, help: { type: 'boolean' } },
    allowPositionals: true,
  });
  if (values.help === true) return 'help';
  const unknown = positionals.find((name) => !isName(name));
  if (unknown !== undefined) throw new Error(`${unknown} is no question. Questions are: ${questionNames.join(', ')}.`);
  const rounds = wholeNumber('--rounds', values.rounds, fullRounds, 1, 9999);
  const node = values.node ?? 'both';
  if (node !== 'machine' && node !== '24' && node !== 'both') throw new Error('--node takes machine or 24.');
  const chosen = positionals.filter(isName);
  const names = chosen.length === 0 ? questionNames : questionNames.filter((name) => chosen.includes(name));
  const isWhole = names.length === questionNames.length && rounds >= fullRounds && node === 'both';
  return { names, rounds, node, isWhole };
};
