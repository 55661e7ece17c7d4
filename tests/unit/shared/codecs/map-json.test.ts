import fc from 'fast-check';
import { mapElements, mapMembers } from '../../../../shared/codecs/map-json';

/** What becomes of each member: its name and its value stay, change, or it is left out. */
const members = fc.uniqueArray(
  fc.record({
    name: fc.oneof(fc.string({ maxLength: 2 }), fc.constant('__proto__')),
    value: fc.jsonValue({ maxDepth: 1 }),
    newName: fc.oneof(fc.constant('same'), fc.constant('out'), fc.constant('renamed')),
    newValue: fc.oneof(fc.constant('same'), fc.constant('changed')),
  }),
  { selector: ({ name }) => name },
);

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
    fc.property(members, (all) => {
      const objectOf = (entries: readonly (readonly [string, unknown])[]) => Object.fromEntries(entries);
      const input = objectOf(all.map(({ name, value }) => [name, value]));
      const before = JSON.stringify(input);
      const byName = new Map(all.map((member) => [member.name, member]));
      const nameOf = (name: string): string | undefined => {
        const kind = byName.get(name)?.newName;
        return kind === 'out' ? undefined : kind === 'renamed' ? `${name}'` : name;
      };
      const valueOf = (value: unknown, name: string): unknown =>
        byName.get(name)?.newValue === 'changed' ? { was: value } : value;
      const made = objectOf(
        Object.entries(input).flatMap(([name, value]) => {
          const newName = nameOf(name);
          return newName === undefined ? [] : [[newName, valueOf(value, name)] as const];
        }),
      );
      const mapped = mapMembers(input, nameOf, valueOf);
      expect(mapped).toStrictEqual(made);
      // The order of the members is that of the bytes in S3.
      expect(JSON.stringify(mapped)).toBe(JSON.stringify(made));
      expect(JSON.stringify(input)).toBe(before);
      const change = (value: unknown) => (typeof value === 'string' ? `${value}'` : value);
      expect(mapElements(Object.values(input), change)).toStrictEqual(Object.values(input).map(change));
    }),
  );
});
