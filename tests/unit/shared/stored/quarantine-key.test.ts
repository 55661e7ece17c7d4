import fc from 'fast-check';
import { quarantineFolder, quarantineKey, sourceOfFolder } from '../../../../shared/stored/quarantine-key';

const id = 'f'.repeat(64);
const sources = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 64 }).filter((text) => text.isWellFormed());

describe('the key of a quarantined request', () => {
  it('is in a folder that says its source, for a source with any characters', () => {
    fc.assert(
      fc.property(sources, (source) => {
        const key = quarantineKey({ source, id });
        expect(key).toMatch(/^quarantine\/[\w!'()*.~%-]+\/f{64}\.json$/);
        expect(sourceOfFolder(quarantineFolder(source))).toBe(source);
      }),
    );
  });

  it('has at most 1,024 bytes, and no step of a path', () => {
    expect(quarantineKey({ source: '\u90e8'.repeat(64), id }).length).toBeLessThanOrEqual(1024);
    expect(quarantineKey({ source: '.', id })).toBe(`quarantine/%2E/${id}.json`);
    expect(quarantineKey({ source: '..', id })).toBe(`quarantine/%2E%2E/${id}.json`);
    expect(quarantineKey({ source: '..a', id })).toBe(`quarantine/..a/${id}.json`);
  });

  it.each(['quarantine/%zz/', 'quarantine/%61/', 'quarantine/a b/', 'other/a/'])(
    'is not in a folder that a person made: %s',
    (folder) => {
      expect(sourceOfFolder(folder)).toBeUndefined();
    },
  );
});
