import * as E from 'fp-ts/Either';
import fc from 'fast-check';
import { ExactNumber } from '../../../../../shared/codecs/exact-number';
import { maxValues } from '../../../../../shared/codecs/json-scan';
import type { BodyFormat } from '../../../../../shared/sources/payloads/body-format';
import { parseBody } from '../../../../../shared/sources/payloads/parse-body';

const bytes = (text: string): Uint8Array => Buffer.from(text);
const form = 'application/x-www-form-urlencoded';

describe('a body', () => {
  it.each<readonly [BodyFormat, string, string]>([
    ['json', '', 'not-json-type'],
    ['json', 'text/plain', 'not-json-type'],
    ['json', form, 'not-json-type'],
    ['json', 'application/json; charset=latin1', 'not-utf8-charset'],
    ['form', 'application/json', 'not-form-type'],
    ['form', '', 'not-form-type'],
    ['form', `${form}; charset=utf-16`, 'not-utf8-charset'],
    ['json-any-type', 'text/plain; charset=iso-8859-1', 'not-utf8-charset'],
  ])('in the format %s with the type "%s" is %s', (format, type, kind) => {
    expect(parseBody(format, type, bytes('{}'))).toStrictEqual(E.left({ kind }));
  });

  it.each<readonly [BodyFormat, string]>([
    ['json', 'application/json'],
    ['json', 'application/problem+json; charset=UTF-8'],
    ['json-any-type', ''],
    ['json-any-type', 'text/plain'],
    ['json-any-type', 'text/plain;charset=utf-8'],
    ['json-any-type', form],
  ])('in the format %s with the type "%s" is JSON', (format, type) => {
    expect(parseBody(format, type, bytes('{"id":12345678901234567890}'))).toStrictEqual(
      E.right({ id: new ExactNumber('12345678901234567890') }),
    );
  });

  it.each<readonly [string, Uint8Array, object]>([
    ['no bytes', bytes(''), { kind: 'empty' }],
    ['other text', bytes('{'), { kind: 'not-json' }],
    ['a space', bytes(' '), { kind: 'not-json' }],
    ['bytes that are no UTF-8', Uint8Array.of(0x22, 0xff, 0x22), { kind: 'not-utf8' }],
    ['too many levels', bytes('['.repeat(65)), { kind: 'too-much', problem: 'too-deep' }],
    ['too many values', bytes(`[${'1,'.repeat(maxValues)}1]`), { kind: 'too-much', problem: 'too-many-values' }],
  ])('of %s is no JSON', (_what, sent, problem) => {
    expect(parseBody('json', 'application/json', sent)).toStrictEqual(E.left(problem));
  });

  it.each<readonly [string, object]>([
    ['a=1&b=x+y&c=%C3%A9', { a: '1', b: 'x y', c: 'é' }],
    ['a=1&b=2&a=3&a=', { a: ['1', '3', ''], b: '2' }],
    ['a&=x&&b=', { a: '', '': 'x', b: '' }],
    ['a%5B%5D=1&a%5B%5D=2', { 'a[]': ['1', '2'] }],
    ['email=a%40example.com;b', { email: 'a@example.com;b' }],
    ['%zz=%f0%9f%91%8b', { '%zz': '👋' }],
  ])('%s is a form', (text, fields) => {
    expect(parseBody('form', `${form}; charset=utf-8`, bytes(text))).toStrictEqual(E.right(fields));
  });

  it.each(['name=M%FCller', 'name=M%F6ller', '%ff=x', 'a=%c3+%a9'])('%s is not UTF-8', (text) => {
    expect(parseBody('form', form, bytes(text))).toStrictEqual(E.left({ kind: 'not-utf8' }));
  });

  it('keeps a field of a form with the name of a part of an object', () => {
    const parsed = parseBody('form', form, bytes('__proto__=x&constructor=y'));
    expect(E.isRight(parsed) && Object.entries(parsed.right as object)).toStrictEqual([
      ['__proto__', 'x'],
      ['constructor', 'y'],
    ]);
  });

  it('is no form with too many fields, and none without bytes', () => {
    expect(parseBody('form', form, bytes('a&'.repeat(maxValues)))).toMatchObject(E.right({}));
    expect(parseBody('form', form, bytes('a&'.repeat(maxValues + 1)))).toStrictEqual(
      E.left({ kind: 'too-much', problem: 'too-many-values' }),
    );
    expect(parseBody('form', form, bytes(''))).toStrictEqual(E.left({ kind: 'empty' }));
  });

  it('of any bytes is parsed without an exception', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('json', 'form', 'json-any-type'),
        fc.uint8Array(),
        fc.string(),
        (format, sent, type) => {
          parseBody(format, type, sent);
          parseBody('form', form, sent);
        },
      ),
    );
  });
});
