import { spawnSync } from 'node:child_process';
import { stripVTControlCharacters } from 'node:util';
import { terminalSize } from './terminal-size';

/** `pager` is false with `--no-pager`. */
export type PagerOptions = Readonly<{ pager?: boolean; json?: true }>;

type Terminal = Readonly<{ isTTY?: boolean; rows?: number; columns?: number }>;

/**
 * The command line of the pager for a text, as git chooses it: LEADLINE_PAGER, PAGER, or less. It keeps colours, and ends
 * at once if the text has less than one page.
 *
 * @returns `undefined` if the text is printed as it is: because it fits, because there is no terminal, or by choice
 */
export const pagerFor = (
  text: string,
  { pager = true, json }: PagerOptions,
  { LEADLINE_PAGER, PAGER }: NodeJS.ProcessEnv,
  { isTTY = false, ...reported }: Terminal,
): string | undefined => {
  const { rows, columns } = terminalSize(reported);
  if (!isTTY || !pager || json === true || linesOn(columns, text) < rows || process.platform === 'win32')
    return undefined;
  const command = LEADLINE_PAGER ?? PAGER ?? 'less -FRX';
  return ['', 'cat'].includes(command.trim()) ? undefined : command;
};

/** How many lines a text takes on a terminal, which breaks long ones. */
const linesOn = (columns: number, text: string): number =>
  text
    .split('\n')
    .reduce((sum, line) => sum + Math.max(1, Math.ceil(stripVTControlCharacters(line).length / columns)), 0);

/** What a shell answers for a program that does not exist, or may not be run. */
const notRun = [126, 127];

/**
 * Shows a text in a pager, and waits until the user ends it. A pager that ends before it has read all is no error.
 *
 * @returns false if there is no such program: the text was not shown
 */
export const showInPager = (command: string, text: string, env: NodeJS.ProcessEnv): boolean => {
  const { status, error } = spawnSync('sh', ['-c', command], {
    input: text,
    stdio: ['pipe', 'inherit', 'ignore'],
    // Settings for a pager without options, such as PAGER=less. Those of the user go before them.
    env: { LESS: 'FRX', LV: '-c', ...env },
  });
  const isStarted = error === undefined || (error as NodeJS.ErrnoException).code === 'EPIPE';
  return isStarted && !notRun.includes(status ?? 0);
};
