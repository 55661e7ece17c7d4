import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'smol-toml';
import { root } from '../../../dev/paths';
import { at, entries, list, type Node } from '../../support/read-template';
import { parameter, properties, setting, template, textOf } from '../../support/the-template';

/** Whether CloudFormation accepts a value for a parameter. */
const accepts = (name: string, value: number): boolean => {
  const pattern = at(parameter(name), 'AllowedPattern');
  const allowed = list(at(parameter(name), 'AllowedValues'));
  return (
    (typeof pattern !== 'string' || new RegExp(`^(?:${pattern})$`).test(String(value))) &&
    (allowed.length === 0 || allowed.includes(value)) &&
    value >= Number(at(parameter(name), 'MinValue') ?? 0) &&
    value <= Number(at(parameter(name), 'MaxValue') ?? Infinity)
  );
};

test('only the two addresses have no default', () => {
  const asked = entries(at(template, 'Parameters')).filter(([, one]) => at(one, 'Default') === undefined);
  expect(asked.map(([name]) => name)).toEqual(['SesFromAddress', 'SesToAddress']);
});

test('the template has every parameter that samconfig.toml sets', () => {
  const file = parse(readFileSync(join(root, 'samconfig.toml'), 'utf8')) as Node;
  const set = entries(file).flatMap(([, environment]) =>
    entries(environment).flatMap(([, command]) => list(at(command, 'parameters', 'parameter_overrides'))),
  );
  const names = set.flatMap((text) => textOf(text).split(' ')).map((text) => text.split('=')[0]);
  expect(names).toContain('TableName');
  expect(names.filter((name = '') => parameter(name) === undefined)).toEqual([]);
});

describe('what an operator needs to redrive a lead is kept longer than its dead letter', () => {
  const letterDays = Number(at(properties('DeadLetterQueue'), 'MessageRetentionPeriod')) / 86_400;

  test.each(['EventRetentionDays', 'RawRetentionDays'])('%s refuses each number of days that is too short', (name) => {
    for (let value = 1; value < 2 * letterDays; value += 1) {
      expect([value, accepts(name, value)]).toEqual([value, false]);
    }
    for (const value of [30, 31, 60, 99, 100, 365, 400, 999, 1000, 3653]) {
      expect([value, accepts(name, value)]).toEqual([value, true]);
    }
  });

  test('RawRetentionDays accepts 0, so that raw payloads are kept without a limit', () => {
    expect(accepts('RawRetentionDays', 0)).toBe(true);
  });

  test('LogRetentionDays keeps the log lines about a lead as long as its dead letter', () => {
    for (const value of [1, 3, 5, 7]) expect([value, accepts('LogRetentionDays', value)]).toEqual([value, false]);
    expect(accepts('LogRetentionDays', 14)).toBe(true);
  });

  test('each of these parameters accepts its default', () => {
    for (const name of ['EventRetentionDays', 'RawRetentionDays', 'LogRetentionDays', 'EnrichmentMaxConcurrency']) {
      expect([name, accepts(name, Number(at(parameter(name), 'Default')))]).toEqual([name, true]);
    }
  });
});

test('QuarantineRetentionDays leaves an operator a week at least, and ends the objects as it ends their items', () => {
  expect([0, 1, 6, 7, 90, 3653, 3654].filter((value) => accepts('QuarantineRetentionDays', value))).toEqual([
    7, 90, 3653,
  ]);
  expect(list(at(properties('RawBucket'), 'LifecycleConfiguration', 'Rules'))).toContainEqual({
    Id: 'expire-quarantine',
    Status: 'Enabled',
    Prefix: 'quarantine/',
    ExpirationInDays: { Ref: 'QuarantineRetentionDays' },
  });
  expect(setting('Ingestion', 'QUARANTINE_RETENTION_DAYS')).toEqual({ Ref: 'QuarantineRetentionDays' });
});

test('EnrichmentMaxConcurrency refuses 1, as AWS does, before anything is deployed', () => {
  expect([0, 1, 2, 10, 99, 100, 1000, 1001].filter((value) => accepts('EnrichmentMaxConcurrency', value))).toEqual([
    0, 2, 10, 99, 100, 1000,
  ]);
});
