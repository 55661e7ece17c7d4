import * as E from 'fp-ts/Either';
import { instant } from '../../../../shared/codecs/instant';

describe('a moment', () => {
  it.each([
    ['2026-01-31T12:00:00Z', '2026-01-31T12:00:00.000Z'],
    ['2026-01-31t12:00:00.1234z', '2026-01-31T12:00:00.123Z'],
    ['2026-01-31T01:30:00+02:00', '2026-01-30T23:30:00.000Z'],
    ['2024-02-29T23:59:59-00:01', '2024-03-01T00:00:59.000Z'],
    ['0000-01-01T00:00:00Z', '0000-01-01T00:00:00.000Z'],
  ])('%s is kept as %s', (text, kept) => {
    expect(instant.decode(text)).toStrictEqual(E.right(kept));
  });

  it.each([
    ['2016-12-31T23:59:60Z', '2016-12-31T23:59:59.999Z'],
    ['2016-12-31T23:59:60.5Z', '2016-12-31T23:59:59.999Z'],
    ['1990-12-31T15:59:60-08:00', '1990-12-31T23:59:59.999Z'],
  ])('that is a leap second, %s, is kept as the last one before it', (text, kept) => {
    expect(instant.decode(text)).toStrictEqual(E.right(kept));
  });

  it.each(['2026-02-30T12:00:00Z', '2026-02-29T12:00:00Z', '2026-04-31T12:00:00+02:00', '2026-13-01T12:00:00Z'])(
    'on a day that does not exist is refused: %s',
    (text) => {
      expect(instant.decode(text)).toMatchObject(E.left([{ value: text }]));
    },
  );

  it.each([
    '2026-01-31T24:00:00Z',
    '2026-01-31T12:60:00Z',
    '2026-01-31T12:00:61Z',
    '2026-01-31T12:00:60Z',
    '2026-01-31T23:59:60+01:00',
    '2026-01-31T12:00:00+24:00',
    '2026-01-31T12:00:00',
    '2026-01-31',
    '0000-01-01T00:00:00+00:01',
    '9999-12-31T23:59:60-00:01',
    '',
  ])('refuses a text that is not a time of RFC 3339: %j', (text) => {
    expect(instant.decode(text)).toMatchObject(E.left([{ value: text }]));
  });
});
