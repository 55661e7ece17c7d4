import * as E from 'fp-ts/Either';
import { logger } from '../../../../shared/lambda/logger';
import { sourcesOf } from '../../../support/sources-of';
import { good, known, reading } from './reading-sources';

jest.mock('../../../../shared/lambda/metrics');

const logged = jest.spyOn(logger, 'error').mockReturnValue(undefined);
beforeEach(() => logged.mockClear());

describe.each([
  ['is not JSON', '{"billing":', 'unreadable'],
  ['is not an object', '["billing"]', 'unreadable'],
  ['is a number that no double holds', '1e400', 'unreadable'],
  ['cannot be reached', new Error(), 'unavailable'],
])('a sources secret that %s', (_what, broken, kind) => {
  it('leaves the last valid version in use', async () => {
    const { read, becomes, pass } = reading();
    await read('cached');
    becomes(broken);
    pass(301_000);
    expect(await read('cached')).toStrictEqual(known);
  });

  it('is read once in 30 seconds, however many requests come, with an error in the log each time', async () => {
    const { read, calls, becomes, pass } = reading();
    await read('cached');
    becomes(broken);
    pass(301_000);
    for (let request = 0; request < 50; request += 1) {
      await read('cached');
      await read('fresh');
    }
    expect(calls()).toBe(2);
    expect(logged.mock.calls).toMatchObject([['sources not read', { kind, store: 'sources' }]]);
    pass(30_001);
    await read('fresh');
    expect(calls()).toBe(3);
    expect(logged).toHaveBeenCalledTimes(2);
  });

  it('is a failure for a sender that is not in the last valid version', async () => {
    const { read, becomes, pass } = reading();
    await read('cached');
    becomes(broken);
    pass(31_000);
    expect(await read('fresh')).toMatchObject(E.left({ kind }));
    expect(await read('fresh')).toMatchObject(E.left({ kind }));
  });

  it('is read again after a second if there is no valid version', async () => {
    const { read, calls, becomes, pass } = reading();
    becomes(broken);
    for (let sender = 0; sender < 50; sender += 1) expect(await read('cached')).toMatchObject(E.left({ kind }));
    expect(calls()).toBe(1);
    becomes(good);
    pass(1_001);
    expect(await read('cached')).toStrictEqual(known);
  });

  it('is replaced once it is valid', async () => {
    const { read, becomes, pass } = reading();
    await read('cached');
    becomes(broken);
    pass(31_000);
    await read('fresh');
    becomes('{}');
    pass(31_000);
    expect(await read('fresh')).toStrictEqual(E.right({}));
  });
});

it('accepts a source id of 64 characters', async () => {
  const { read, becomes } = reading();
  const text = good.replace('billing', 'b'.repeat(64));
  becomes(text);
  expect(await read('cached')).toStrictEqual(E.right(sourcesOf(JSON.parse(text) as Readonly<Record<string, unknown>>)));
});

it('accepts a sources secret with a byte order mark', async () => {
  const { read, becomes } = reading();
  becomes(`\uFEFF${good}`);
  expect(await read('cached')).toStrictEqual(known);
  const again = reading();
  again.becomes(`\uFEFF\uFEFF${good}`);
  expect(await again.read('cached')).toMatchObject(E.left({ kind: 'unreadable' }));
});
