import { buildSync } from 'esbuild';
import { spawnSync } from 'node:child_process';
import { root } from '../../../../dev/paths';

/** Runs code in a separate process, as a function that imports `json-lines` first. */
const linesOf = (code: string) => {
  const { outputFiles } = buildSync({
    stdin: { contents: `import './shared/lambda/json-lines';\n${code}`, resolveDir: root, loader: 'ts' },
    bundle: true,
    platform: 'node',
    write: false,
    logLevel: 'silent',
  });
  const { stdout, stderr, status } = spawnSync(process.execPath, ['-e', outputFiles[0]?.text ?? ''], {
    encoding: 'utf8',
    env: { PATH: process.env.PATH, POWERTOOLS_LOG_LEVEL: 'DEBUG' },
  });
  return { status, lines: `${stdout}${stderr}`.split('\n').filter((line) => line !== '') };
};

describe('what Node.js or a library writes to the log of a function', () => {
  it.each<readonly [string, string, string]>([
    [
      'a warning of Node.js',
      "process.emitWarning('old\\ntwo lines', 'DeprecationWarning', 'DEP0000');",
      'runtime warning emitted',
    ],
    [
      'too many listeners',
      "for (let i = 0; i < 12; i += 1) process.on('SIGUSR2', () => i); setTimeout(process.exit, 50);",
      'runtime warning emitted',
    ],
    ...['debug', 'log', 'info', 'warn', 'error', 'trace', 'dir'].map(
      (method) => [`console.${method}`, `console.${method}('a %s', 'b', { c: 1 });`, 'console output written'] as const,
    ),
    ['an uncaught error', "setTimeout(() => { throw new Error('two\\nlines'); }, 1);", 'uncaught error'],
    ['an unhandled rejection', "void Promise.reject(new TypeError('x'));", 'uncaught error'],
    ['a thrown value that is not an error', "setTimeout(() => { throw 'text'; }, 1);", 'uncaught error'],
  ])('%s is one JSON object', (_what, code, message) => {
    const { lines } = linesOf(code);
    const read = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(read).toMatchObject([{ message }]);
  });

  it('ends the process after an uncaught error, whose message is not logged', () => {
    const { status, lines } = linesOf(
      "setTimeout(() => { throw new Error('alice'); }, 1); setTimeout(() => console.log('alive'), 100);",
    );
    expect(status).not.toBe(0);
    expect(lines.join()).not.toContain('alice');
    expect(lines.join()).not.toContain('alive');
  });
});
