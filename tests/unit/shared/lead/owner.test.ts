import * as E from 'fp-ts/Either';
import { ExactNumber } from '../../../../shared/codecs/exact-number';
import { owner, ownerKey, ownerName, ownerNames } from '../../../../shared/lead/owner';

describe('an owner with a number', () => {
  it.each<readonly [Record<string, unknown>, string]>([
    [{ owner_id: 7 }, '7'],
    [{ owner_id: 0 }, '0'],
    [{ owner: 4711 }, '4711'],
    [{ owner_name: 12 }, '12'],
    [{ owner_id: new ExactNumber('12345678901234567890') }, '12345678901234567890'],
    [{ owner_id: 1e21 }, '1000000000000000000000'],
  ])('%j is known by the text of its digits', (file, digits) => {
    expect(owner.decode(file)).toStrictEqual(E.right(file));
    expect([ownerName(file), ownerKey(file)]).toStrictEqual([digits, digits]);
  });

  it.each([{ owner_id: 1.5 }, { owner_id: true }, { owner_id: [7] }, { owner_email: 7 }, { email: 7 }])(
    '%j has no name',
    (file) => {
      expect(E.isLeft(owner.decode(file))).toBe(true);
    },
  );

  it('is known by its texts first, as before', () => {
    const file = { owner: 7, name: 'Bob', email: 'bob@example.com', owner_id: 8 };
    expect(ownerNames(file)).toStrictEqual(['Bob', 'bob@example.com', '7', '8']);
    expect(ownerKey(file)).toBe('bob@example.com');
    expect(ownerKey({ owner: 7, name: 'Bob' })).toBe('bob');
  });
});
