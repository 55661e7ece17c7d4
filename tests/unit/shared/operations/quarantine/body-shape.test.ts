import { bodyShape } from '../../../../../shared/operations/quarantine/body-shape';

const shape = (body: string, contentType = 'application/json') => bodyShape(contentType, Buffer.from(body));

describe('the shape of a body', () => {
  it('has the place and the kind of each value, and no value', () => {
    expect(
      shape('{"a":{"b":[{"c":"kim@example.com"},7]},"d":null,"e":true,"f":"","g":{},"h":[],"i":12345678901234567890}'),
    ).toStrictEqual([
      'a.b[0].c: text',
      'a.b[1]: number',
      'd: null',
      'e: true or false',
      'f: empty text',
      'g: empty object',
      'h: empty array',
      'i: number',
    ]);
  });

  it.each([
    ['"kim"', ['the body: text']],
    ['[]', ['the body: empty array']],
    ['[1]', ['[0]: number']],
  ])('of %s is %j', (body, expected) => {
    expect(shape(body)).toStrictEqual(expected);
  });

  it('of a form has the names of its fields', () => {
    expect(
      shape('email=kim%40example.com&tag=a&tag=b', 'application/x-www-form-urlencoded; charset=utf-8'),
    ).toStrictEqual(['email: text', 'tag: text', 'tag: text']);
  });

  it('is limited', () => {
    const lines = shape(JSON.stringify(Array.from({ length: 300 }, () => 1)));
    expect(lines).toHaveLength(201);
    expect(lines?.at(-1)).toBe('… 100 more');
  });

  it('is absent for other bodies', () => {
    expect(shape('hello')).toBeUndefined();
    expect(bodyShape('application/json', Uint8Array.of(0xff))).toBeUndefined();
  });
});
