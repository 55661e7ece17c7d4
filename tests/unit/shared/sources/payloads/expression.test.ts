import * as E from 'fp-ts/Either';
import fc from 'fast-check';
import { createContext, runInContext } from 'node:vm';
import { maxValues } from '../../../../../shared/codecs/json-scan';
import { parseJson } from '../../../../../shared/codecs/json-text';
import { expression } from '../../../../../shared/sources/payloads/expression';
import { expressionWork } from '../../../../../shared/sources/payloads/expression-work';
import { findValue } from '../../../../../shared/sources/payloads/find-value';

const json = (text: string): unknown => {
  const parsed = parseJson(text);
  if (E.isLeft(parsed)) throw new Error(parsed.left);
  return parsed.right;
};

const valueOf = (text: string, sent: string): unknown => {
  expect(expression.is(text)).toBe(true);
  const found = findValue(text, json(sent));
  return found.kind === 'failed' ? 'failed' : found.value;
};

describe('an expression', () => {
  it.each<readonly [string, string, unknown]>([
    ['a.b', '{"a":{"b":1}}', 1],
    ['a', '{"a":null}', undefined],
    ['a', '{}', undefined],
    ['a', '[]', undefined],
    ['a', 'null', undefined],
    ['a', '"text"', undefined],
    ["join(' ', [first, last])", '{"first":"Kim","last":"Lead"}', 'Kim Lead'],
    ["join(' ', [first, last])", '{"first":"Kim"}', 'failed'],
    ["join(' ', [first, last][?@])", '{"first":"Kim"}', 'Kim'],
    ['to_string(id)', '{"id":12345678901234567890}', '12345678901234567890'],
    ["join('-', [to_string(id), a])", '{"id":9007199254740993,"a":"x"}', '9007199254740993-x'],
    ['to_string(id)', '{"id":1e21}', '1000000000000000000000'],
    ['id', '{"id":0.10000000000000000001}', 0.1],
    ['constructor', '{}', undefined],
    ['toString', '{"toString":"x"}', 'x'],
    ['__proto__', '{"__proto__":"x"}', 'x'],
    ['__proto__.a', '{"__proto__":{"a":1}}', 1],
    ['a.constructor', '{"a":{}}', undefined],
    ['a', `{"a":"${'x'.repeat(10_001)}"}`, 'failed'],
    ['emails[?primary].value | [0]', '{"emails":[{"value":"a"},{"value":"b","primary":true}]}', 'b'],
  ])('%s on %.40s is %j', (text, sent, value) => {
    expect(valueOf(text, sent)).toStrictEqual(value);
  });

  it.each(['sort_by(a, &@)', 'reverse(a)', 'reverse(a)[0]', '[reverse(a), a]'])(
    '%s does not change the payload',
    (text) => {
      const sent = { a: ['c', 'a', 'b'] };
      findValue(text, sent);
      expect(sent).toStrictEqual({ a: ['c', 'a', 'b'] });
    },
  );

  it('gives the same result each time, on whatever was evaluated before', () => {
    const sent = { a: ['c', 'a', 'b'] };
    const results = ['reverse(a) | [0]', 'a[0]', 'reverse(a) | [0]', 'a[0]'].map((text) => findValue(text, sent));
    expect(results.map((found) => found.kind === 'value' && found.value)).toStrictEqual(['b', 'c', 'b', 'c']);
  });
});

const repeated = (part: string, count: number, between = ' | '): string =>
  Array.from({ length: count }, () => part).join(between);

/** Expressions that would multiply what they are given, again and again. */
const explosive = [
  repeated('[@,@]', 20),
  repeated('[@,@][]', 20),
  repeated('{a:@,b:@}', 20),
  repeated('[@,@]', 60, '.'),
  repeated('[*].[@,@][]', 20),
  repeated('map(&[@,@],@)[]', 20),
  repeated('merge(@,{a:@,b:@})', 12),
  `${'to_string(['.repeat(30)}@${'])'.repeat(30)}`,
  `${"join('',[".repeat(20)}a,a${'])'.repeat(20)}`,
  `map(&\`[${repeated('0', 100, ',')}]\`, @)[] | map(&\`[${repeated('0', 100, ',')}]\`, @)[]`,
  `[${repeated('@', 60, ',')}]`,
  'sort(@)',
  `${'reverse('.repeat(17)}a${')'.repeat(17)}`,
  `a${repeated('[*]', 160, '')}`,
];

describe('the work of an expression', () => {
  it.each(explosive.filter((text) => !text.startsWith('a[*]')))('is refused if it is too much: %.40s…', (text) => {
    expect(text.length).toBeLessThanOrEqual(512);
    expect(expression.is(text)).toBe(false);
  });

  it.each<readonly [string, number, number]>([
    ['a.b', 3, 1],
    ["join(' ', [a, b])", 10, 4],
    ['\'a,b\' || "a,b" || `"a"`', 7, 1],
    ['`[1,2,3]`', 1, 3],
    ["'it\\'s, (a)'", 1, 1],
    ['[a,b,c][]', 9, 3],
    ['to_string(a)', 4, 2],
    ['[a,b', 4, 2],
  ])('of %s is bounded by %d tokens and the factor %d', (text, tokens, factor) => {
    expect(expressionWork(text)).toStrictEqual({ tokens, factor });
  });

  // How many values result at most from a body, whatever the expression is.
  it('makes at most 32 values of one', () => {
    const parts = ['@', 'a', '[@,@]', '[]', '[*]', '{a:@,b:a}', '*', 'to_array(@)', '`[1,2]`', 'values(@)'];
    const body = { a: [[1, 2], { a: [3] }, 'x'] };
    const size = (value: unknown): number =>
      typeof value === 'object' && value !== null
        ? Object.values(value).reduce((sum: number, one: unknown) => sum + size(one), 1)
        : 1;
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...parts), { minLength: 1, maxLength: 12 }),
        fc.constantFrom(' | ', '.', ' || '),
        (chosen, between) => {
          const text = chosen.join(between);
          if (!expression.is(text)) return;
          const found = findValue(text, body);
          // Each list or object of the expression is a value, too.
          if (found.kind === 'value') expect(size(found.value)).toBeLessThanOrEqual(32 * (size(body) + text.length));
        },
      ),
    );
  });

  /** As in linear-time.test.ts: what is allowed takes far less, and without the bounds it would take hours. */
  const inTime = (work: () => unknown): void => {
    runInContext('work()', createContext({ work: () => void work() }), { timeout: 30_000 });
  };

  const flat = Array.from({ length: maxValues - 2 }, (_, index) => index);
  let deep: unknown = 'x'.repeat(100);
  for (let level = 0; level < 60; level += 1) deep = { a: deep, b: [deep === null] };
  const bodies = [{ a: flat }, flat, { a: flat.map(String) }, deep, { a: '"\\\u0001'.repeat(80_000) }];

  const allowed = [
    ...explosive.flatMap((text) => [text, ...text.split(' | ')]),
    repeated('[@,@][]', 4),
    repeated('[*].[@,@][]', 3),
    "map(&to_string(@), a) | [sort_by(@, &@), reverse(@)][] | join('', @)",
    `a${repeated('[*]', 160, '')}`,
    `a${repeated('[]', 250, '')}`,
    repeated('*', 250, '.'),
    `${'!'.repeat(500)}a`,
    `${'('.repeat(250)}a${')'.repeat(250)}`,
    `sort_by(a, &to_string(@)) == reverse(a) || a[?contains(to_string(@), '9')]`,
    'to_string([a, to_string([a, to_string(a)])])',
  ].filter((text) => expression.is(text));

  it.each(allowed)('is bounded for %.60s', (text) => {
    for (const body of bodies) inTime(() => findValue(text, body));
  });

  it('is found out in linear time', () => {
    for (const part of ["'", '"', '`', "\\'", '[', 'a(', '`[1,2]`,'])
      inTime(() => expressionWork(part.repeat(100_000)));
  });
});
