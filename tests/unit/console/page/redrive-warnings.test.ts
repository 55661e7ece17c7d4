import { redriveFixes, redriveWarnings } from '../../../../console/page/format/redrive-warnings';

test('a redrive warns of a second mail, and of what fails again', () => {
  expect(redriveWarnings(['owner-missing', 'mail-refused'])).toStrictEqual([]);
  expect(redriveWarnings(['mail-unconfirmed'])).toStrictEqual([
    'A lead with the reason “Mail unconfirmed” may be mailed twice.',
  ]);
  expect(redriveWarnings(['raw-missing', 'mail-unconfirmed', 'raw-unreadable'])).toStrictEqual([
    'A lead with the reason “Mail unconfirmed” may be mailed twice.',
    'Some of them fail again: raw-missing, raw-unreadable.',
  ]);
  expect(redriveWarnings(['mailed'])).toStrictEqual(['A lead with the reason “Mailed since” is not mailed again.']);
});

test('a redrive names what has to be corrected first', () => {
  expect(redriveFixes(['owner-missing', 'mail-unconfirmed', 'raw-missing', 'mail-refused'])).toStrictEqual([
    'owner-missing',
    'mail-refused',
  ]);
});
