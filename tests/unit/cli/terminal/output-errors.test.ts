import { EventEmitter } from 'node:events';
import { watchOutputs } from '../../../../cli/terminal/output-errors';

const watching = () => {
  const stdout = new EventEmitter();
  const written: string[] = [];
  const stderr = Object.assign(new EventEmitter(), { write: (text: string) => written.push(text) });
  const exitCodeAfter = watchOutputs({ stdout, stderr } as unknown as NodeJS.Process);
  return { stdout, written, exitCodeAfter };
};

const withCode = (code: string): Error => Object.assign(new Error(), { code });

describe('output that cannot be written', () => {
  it('makes the exit code of a success that of a failure', () => {
    const { stdout, written, exitCodeAfter } = watching();
    expect(exitCodeAfter(0)).toBe(0);
    stdout.emit('error', withCode('ENOSPC'));
    expect([exitCodeAfter(0), exitCodeAfter(undefined), exitCodeAfter(3)]).toStrictEqual([1, 1, 3]);
    expect(written).toStrictEqual(['The output could not be written: ENOSPC.\n']);
  });

  it('is not reported to a reader that has closed the pipe', () => {
    const { stdout, written, exitCodeAfter } = watching();
    stdout.emit('error', withCode('EPIPE'));
    expect(exitCodeAfter(0)).toBe(1);
    expect(written).toStrictEqual([]);
  });
});
