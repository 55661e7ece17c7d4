import { CommanderError } from 'commander';
import { Interrupted } from '../../../../shared/operations/interrupted';
import { StoreError } from '../../../../shared/operations/store-error';
import { Unfinished } from '../../../../shared/operations/unfinished';
import { asksForJson } from '../../../../cli/terminal/asks-for-json';
import { errorReport } from '../../../../cli/problems/error-report';
import { Problem } from '../../../../cli/problems/problem';

const named = (name: string, message: string, more: object = {}): Error =>
  Object.assign(new Error(message), { name, ...more });

describe('the report of an error', () => {
  it.each([
    [
      'a connection refused by several addresses',
      named('AggregateError', '', { code: 'ECONNREFUSED' }),
      'no-answer',
      'ECONNREFUSED',
    ],
    [
      'a connection refused',
      named('Error', 'connect ECONNREFUSED 127.0.0.1:1', { code: 'ECONNREFUSED' }),
      'no-answer',
      'AWS_ENDPOINT_URL',
    ],
    [
      'an SSO session that ended',
      named('CredentialsProviderError', 'The SSO session has expired'),
      'no-credentials',
      'The SSO session has expired',
    ],
    ['a token that ended', named('ExpiredTokenException', 'too old'), 'no-credentials', 'aws sso login'],
    [
      'a missing right',
      named('AccessDeniedException', 'not authorized to perform: sqs:SendMessage'),
      'access-denied',
      'sqs:SendMessage',
    ],
    ['too many calls', named('ThrottlingException', 'Rate exceeded'), 'throttled', '--rate'],
    ['a queue that is gone', named('QueueDoesNotExist', 'no'), 'gone', 'Deploy the stack again'],
    [
      'a store without an answer',
      new StoreError({ kind: 'unavailable', store: 'raw', cause: 'TimeoutError' }),
      'no-answer',
      'The raw store',
    ],
    [
      'anything else of the SDK',
      named('ValidationException', 'odd'),
      'failed',
      'ValidationException: odd. Run the command again',
    ],
    ['a problem that the command detects', new Problem('no-stack', 'No such stack.'), 'no-stack', 'No such stack.'],
  ])('has a kind and says what to do: %s', (_what, error, kind, advice) => {
    expect(errorReport(error)).toMatchObject({ kind, exitCode: 1, message: expect.stringContaining(advice) as string });
  });

  describe('of a refused connection', () => {
    const before = { ...process.env };
    afterEach(() => {
      process.env = { ...before };
    });
    const stopped =
      /^.*the local cloud at http:\/\/(127\.0\.0\.1|localhost):4566 is not running.*npm start.*\. \.local\/env/;
    const errors = [
      named('Error', 'connect ECONNREFUSED 127.0.0.1:4566', { code: 'ECONNREFUSED' }),
      named('AggregateError', '', { code: 'ECONNREFUSED' }),
      new StoreError({ kind: 'unavailable', store: 'log', cause: 'ECONNREFUSED' }),
    ];

    it.each(errors)('says that the local cloud is not running, and what starts it: %p', (error) => {
      for (const endpoint of ['http://127.0.0.1:4566', 'http://localhost:4566/']) {
        process.env.AWS_ENDPOINT_URL = endpoint;
        expect(errorReport(error)).toMatchObject({
          kind: 'no-answer',
          message: expect.stringMatching(stopped) as string,
        });
      }
    });

    it.each(['', 'http://localstack.company.example:4566', 'https://sqs.eu-north-1.amazonaws.com'])(
      'says so of no endpoint but one of this machine: %p',
      (endpoint) => {
        process.env.AWS_ENDPOINT_URL = endpoint;
        for (const error of errors) expect(errorReport(error).message).not.toContain('not running');
      },
    );
  });

  it('keeps what was done before the error', () => {
    const error = new Unfinished(new Unfinished(named('TimeoutError', 'late'), { replayed: 3 }), {
      started_at: 'then',
    });
    expect(errorReport(error)).toMatchObject({ kind: 'no-answer', done: { replayed: 3, started_at: 'then' } });
  });

  it.each<[string, Error, string, number]>([
    ['an interruption', new Interrupted(), 'interrupted', 130],
    ['an interrupted question', new Problem('interrupted', ''), 'interrupted', 130],
    ['a no', new Problem('declined', 'Nothing discarded.'), 'declined', 4],
  ])('has an exit code of its own for %s', (_what, error, kind, exitCode) => {
    expect(errorReport(error)).toMatchObject({ kind, exitCode });
  });

  it('has one full stop after a sentence of its own', () => {
    const error = new CommanderError(2, 'commander.error', 'error: Give an earlier one.');
    expect(errorReport(error).message).toBe('Give an earlier one. Add --help for the commands, options and arguments.');
  });

  it('says what is wrong with a command line, with its own exit code', () => {
    const error = new CommanderError(2, 'commander.unknownOption', "error: unknown option '--al'");
    expect(errorReport(error)).toStrictEqual({
      kind: 'usage',
      message: "unknown option '--al'. Add --help for the commands, options and arguments.",
      exitCode: 2,
    });
  });
});

describe('a command line that asks for JSON', () => {
  it('does so by an option, anywhere', () => {
    expect(asksForJson(['node', 'main.ts', 'dlq', '--json', 'list'])).toBe(true);
    expect(asksForJson(['node', 'main.ts', 'lead', '--', '--json'])).toBe(false);
  });
});
