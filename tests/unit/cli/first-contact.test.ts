import { Command } from 'commander';
import { EventEmitter } from 'node:events';
import { adviceOn } from '../../../cli/problems/advice';
import { checkEnvironment } from '../../../cli/stack/check-environment';
import { refuseEmptyValues } from '../../../cli/terminal/empty-values';
import { interruptions, orInterrupted } from '../../../cli/terminal/interruptions';
import { maskedJson } from '../../../cli/terminal/masked-json';
import { watchOutputs } from '../../../cli/terminal/output-errors';
import { proxyFor, throughProxy } from '../../../cli/stack/proxy';
import { unavailable } from '../../../shared/ports/store-failure';
import { Interrupted } from '../../../shared/operations/interrupted';

const before = { ...process.env };
afterEach(() => {
  process.env = { ...before };
});

describe('JSON for programs', () => {
  it('writes what a terminal acts on as escapes of the same value', () => {
    const text = '\u009b31m \u007f \u202e\u2066\u200f\u061c\u2028\u00ad \u{e0041} line\n end';
    const json = maskedJson({ text });
    expect(json).not.toMatch(/[\p{Cf}\p{Zl}\p{Zp}\u007f-\u009f]/u);
    expect(JSON.parse(json)).toStrictEqual({ text });
  });
});

describe('an endpoint or a proxy of the environment', () => {
  it.each([
    ['AWS_ENDPOINT_URL', 'localhost:4566'],
    ['AWS_ENDPOINT_URL', '127.0.0.1'],
    ['AWS_ENDPOINT_URL', 'ftp://localhost'],
    ['AWS_ENDPOINT_URL', 'http://'],
    ['AWS_ENDPOINT_URL_S3', 'http://local host:4566'],
    ['HTTPS_PROXY', 'http://user:password@:port'],
  ])('is refused by its name: %s=%s', (name, value) => {
    expect(() => checkEnvironment({ [name]: value })).toThrow(name);
    expect(() => checkEnvironment({ [name]: value })).not.toThrow('password');
  });

  it('is taken where it can be one, or is empty', () => {
    const AWS_ENDPOINT_URL = 'http://127.0.0.1:4566';
    expect(() =>
      checkEnvironment({ AWS_ENDPOINT_URL, AWS_ENDPOINT_URL_SQS: '', https_proxy: 'proxy:3128' }),
    ).not.toThrow();
  });

  it('is used for AWS, and not for a cloud on this machine nor for NO_PROXY', () => {
    Object.assign(process.env, {
      HTTPS_PROXY: 'http://proxy:3128',
      HTTP_PROXY: 'http://proxy:3128',
      NO_PROXY: '.internal',
      // The lower case goes first, and the program that runs these tests has set it.
      no_proxy: '.internal',
    });
    expect(proxyFor('https://sqs.us-east-1.amazonaws.com/')).toBe('http://proxy:3128');
    expect(proxyFor('https://vpce.internal/')).toBe('');
    expect(proxyFor('http://127.0.0.1:4566/')).toBe('');
    expect(throughProxy({ requestHandler: { requestTimeout: 1 } }).requestHandler).toMatchObject({
      requestTimeout: 1,
      httpsAgent: expect.anything() as object,
    });
  });
});

describe('an option or an argument', () => {
  it.each([[['--name', '']], [['--name', ' \u200b']], [['x', '']]])('is refused where it is empty: %j', (argv) => {
    const command = new Command('any').option('--name <name>').argument('[ids...]');
    command.exitOverride().configureOutput({ writeErr: () => undefined });
    refuseEmptyValues(command);
    expect(() => command.parse(argv, { from: 'user' })).toThrow('It is empty');
    expect(command.parse(['a', 'b'], { from: 'user' }).args).toStrictEqual(['a', 'b']);
  });
});

describe('output that can not be written', () => {
  it('ends with another exit code than success', () => {
    const stdout = new EventEmitter();
    const told: string[] = [];
    const stderr = Object.assign(new EventEmitter(), { write: (text: string) => told.push(text) });
    const exitCodeAfter = watchOutputs({ stdout, stderr } as unknown as NodeJS.Process);
    expect(exitCodeAfter(0)).toBe(0);
    stdout.emit('error', Object.assign(new Error(), { code: 'ENOSPC' }));
    expect([exitCodeAfter(0), exitCodeAfter(undefined), exitCodeAfter(3)]).toStrictEqual([1, 1, 3]);
    expect(told.join('')).toContain('ENOSPC');
  });
});

describe('an interruption', () => {
  it('asks at first, however often the first one is passed on, and ends the process when it is repeated', () => {
    const seen: string[] = [];
    let now = 0;
    const onSignal = interruptions({
      interrupt: () => seen.push('asked'),
      end: () => seen.push('ended'),
      now: () => now,
    });
    onSignal();
    onSignal();
    expect(seen).toStrictEqual(['asked']);
    now = 2_000;
    onSignal();
    expect(seen).toStrictEqual(['asked', 'ended']);
  });

  it('ends a wait for an answer that never comes', async () => {
    const interruption = new AbortController();
    const waiting = orInterrupted(interruption.signal)(new Promise(() => undefined));
    interruption.abort();
    await expect(waiting).rejects.toThrow(Interrupted);
  });
});

describe('advice', () => {
  it('knows a connection that was refused or reset in the middle of a command', () => {
    for (const code of ['ECONNREFUSED', 'ECONNRESET', 'EPIPE']) {
      const failure = unavailable('events')(Object.assign(new Error(`read ${code}`), { code }));
      expect(failure).toMatchObject({ cause: code });
      expect(adviceOn(code, '').kind).toBe('no-answer');
    }
  });

  it('says which of a profile and keys is used', () => {
    const advice = () => adviceOn('CredentialsProviderError', 'no').advice;
    Object.assign(process.env, { AWS_PROFILE: 'sales', AWS_ACCESS_KEY_ID: 'AKIA' });
    expect(advice()).toContain('Unset AWS_PROFILE to use the keys');
    delete process.env.AWS_PROFILE;
    expect(advice()).toContain('The keys of AWS_ACCESS_KEY_ID');
  });

  it.each(['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'ERR_INVALID_URL', 'SELF_SIGNED_CERT_IN_CHAIN'])('knows %s', (code) => {
    expect(adviceOn(code, '').kind).toBe('configuration');
    expect(adviceOn('Error', `${code} any`).kind).toBe('configuration');
  });
});
