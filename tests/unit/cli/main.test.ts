import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { root } from '../../../dev/paths';

/** Runs `leadline` as a process of its own. No cloud answers. */
const leadline = (...args: readonly string[]): Promise<Readonly<{ code: number; output: string }>> =>
  new Promise((resolve) => {
    const env = {
      PATH: process.env.PATH,
      AWS_ENDPOINT_URL: 'http://127.0.0.1:1',
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    };
    const child = execFile(
      process.execPath,
      ['--import', 'tsx', join(root, 'cli', 'main.ts'), ...args],
      { cwd: root, env },
      (_error, stdout, stderr) => resolve({ code: child.exitCode ?? -1, output: stdout + stderr }),
    );
  });

/** Runs `leadline` on a terminal of 24 lines, with a pager that marks what it gets. */
const onTerminal = (env: NodeJS.ProcessEnv, ...args: readonly string[]): Promise<string> =>
  new Promise((resolve) => {
    const inTerminal = `stty rows 24 columns 80; exec "$@"`;
    const command = [
      'sh',
      '-c',
      inTerminal,
      'sh',
      process.execPath,
      '--import',
      'tsx',
      join(root, 'cli', 'main.ts'),
      ...args,
    ];
    execFile(
      'python3',
      ['-c', 'import pty, sys; pty.spawn(sys.argv[1:])', ...command],
      { cwd: root, env: { PATH: process.env.PATH, TERM: 'xterm', LEADLINE_PAGER: 'echo PAGED; cat', ...env } },
      (_error, stdout) => resolve(stdout.replaceAll('\r\n', '\n')),
    );
  });

describe('leadline, where no cloud answers', () => {
  it.each([
    [['lead', 'test-1', '--json']],
    [['--json', 'lead', 'test-1']],
    [['dlq', 'redrive', '--all', '--dry-run', '--json']],
    [['quarantine', 'revalidate', '--all', '--json']],
    [
      [
        'replay',
        '--source',
        'ingest',
        '--since',
        '2026-01-31',
        '--until',
        '2026-02-01',
        '--no-mail',
        '--dry-run',
        '--json',
      ],
    ],
  ])(
    'reports that for %j, which has options without a value',
    async (args) => {
      const { code, output } = await leadline(...args);
      expect(code).toBe(1);
      expect(JSON.parse(output)).toMatchObject({ error: { kind: 'no-answer' } });
    },
    30_000,
  );

  it('prints the same manual page for help and for --help, and ends with 0', async () => {
    const page = await leadline('dlq', 'redrive', '--help');
    expect(page).toMatchObject({
      code: 0,
      output: expect.stringContaining('leadline dlq redrive (<ids...> | --lead <id>') as string,
    });
    expect(await leadline('help', 'dlq', 'redrive')).toStrictEqual(page);
    expect(await leadline('help', 'dlq', 'redriv')).toMatchObject({
      code: 2,
      output: expect.stringContaining('dlq has list, show, missing, redrive, discard') as string,
    });
  }, 30_000);

  it('shows a long page in the pager on a terminal, with bold headings, and without either for NO_COLOR and --no-pager', async () => {
    expect(await onTerminal({}, '--help')).toContain('PAGED\n\u{1b}[1mNAME');
    expect(await onTerminal({ NO_COLOR: '1' }, '--help')).toContain('PAGED\nNAME');
    expect((await onTerminal({}, '--help', '--no-pager')).startsWith('\u{1b}[1mNAME')).toBe(true);
    expect(await onTerminal({}, '--version')).not.toContain('PAGED');
    expect((await leadline('--help')).output).toMatch(/^NAME/);
  }, 60_000);

  it.each([[['quarantin']], [['lead', '--foo']], [['lead']]])(
    'says where the usage of %j is',
    async (args) => {
      const { code, output } = await leadline(...args);
      expect(code).toBe(2);
      expect(output).toContain('--help');
    },
    30_000,
  );
});
