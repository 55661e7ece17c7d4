import fc from 'fast-check';
import { mapElements, mapMembers } from '../../../../shared/codecs/map-json';

const object = fc.dictionary(fc.string({ maxLength: 2 }), fc.jsonValue({ maxDepth: 1 }), { noNullPrototype: true });

test('an object or an array of which nothing changes is returned itself', () => {
  const lead = JSON.parse('{"a":1,"__proto__":{"b":[]},"7":null}') as Record<string, unknown>;
  expect(
    mapMembers(
      lead,
      (name) => name,
      (value) => value,
    ),
  ).toBe(lead);
  const list = [lead, null];
  expect(mapElements(list, (value) => value)).toBe(list);
});

test('members are renamed, left out and changed as in an object that is made anew', () => {
  fc.assert(
    fc.property(
      object,
      fc.func(fc.option(fc.string({ maxLength: 2 }))),
      fc.func(fc.integer()),
      (input, name, changed) => {
        const value = (one: unknown) => changed(one);
        const before = structuredClone(input);
        const made = Object.fromEntries(
          Object.entries(input).flatMap(([key, one]) => {
            const renamed = name(key);
            return renamed === null ? [] : [[renamed, value(one)]];
          }),
        );
        expect(mapMembers(input, (key) => name(key) ?? undefined, value)).toStrictEqual(made);
        expect(input).toStrictEqual(before);
        expect(mapElements(Object.values(input), value)).toStrictEqual(Object.values(input).map(value));
      },
    ),
  );
});
