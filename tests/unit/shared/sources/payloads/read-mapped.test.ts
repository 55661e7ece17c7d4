import * as E from 'fp-ts/Either';
import { readMapped } from '../../../../../shared/sources/payloads/read-mapped';

const fieldsOf = (fields: Readonly<Record<string, string>>, lead: Readonly<Record<string, unknown>>) =>
  E.getOrElseW((problems) => problems)(readMapped({ lead_id: 'id', email: 'email', ...fields }, lead).fields);

const lead = { id: 'L-1', email: 'kim@example.com', names: ['b', 'c', 'a'] };

test.each(['sort(names)[0]', 'sort_by(names, &@)[0]', 'reverse(names)[0]'])(
  'a field that %s reads leaves what the other fields read as it is',
  (expression) => {
    expect(fieldsOf({ display_name: expression, status: 'names[0]' }, lead)).toMatchObject({
      display_name: 'a',
      status: 'b',
    });
    expect(lead.names).toStrictEqual(['b', 'c', 'a']);
  },
);

test('the lead is copied once for all fields that read it without changing it', () => {
  let copies = 0;
  const counted = Object.defineProperty({ ...lead }, 'status', {
    enumerable: true,
    get: () => {
      copies += 1;
      return 'new';
    },
  });
  expect(fieldsOf({ display_name: 'name || names[0]', status: 'not_null(status, name)' }, counted)).toMatchObject({
    display_name: 'b',
    status: 'new',
  });
  expect(copies).toBe(1);
});
