import { ExactNumber } from '../../../../shared/codecs/exact-number';
import { readEmail } from '../../../../shared/lead/read-email';
import { readLabel } from '../../../../shared/lead/read-label';
import { readLeadId } from '../../../../shared/lead/read-lead-id';
import { readOccurredAt } from '../../../../shared/lead/read-occurred-at';

const around = ['', ' ', '\t\r\n', '\u00a0', '\u200b', '\ufeff', '\u2060\u00ad', '\u3000', '\u202f\u200e'];

describe('the id of a lead', () => {
  it.each<readonly [unknown, string]>([
    ['L-1', 'L-1'],
    ['007', '007'],
    ['1e3', '1e3'],
    ['-0', '-0'],
    [7, '7'],
    [0, '0'],
    [-5, '-5'],
    [-0, '0'],
    [1e3, '1000'],
    [new ExactNumber('9007199254740993'), '9007199254740993'],
    [['L-1'], 'L-1'],
    [[7], '7'],
  ])('%j is %s', (sent, value) => {
    expect(readLeadId(sent)).toStrictEqual({ kind: 'read', value });
  });

  it.each(around)('is read without %j around it', (space) => {
    expect(readLeadId(`${space}L-1${space}`)).toStrictEqual({ kind: 'read', value: 'L-1' });
  });

  it.each([1.5, NaN, Infinity, new ExactNumber('0.10000000000000000001'), new ExactNumber('1e+400')])(
    'is not the number %p',
    (sent) => {
      expect(readLeadId(sent)).toMatchObject({ kind: 'unreadable' });
    },
  );

  it.each([null, '', ' ', true, false, {}, [], ['a', 'b'], 'a b', 'a\u200bb', '１２', 'é', 'e\u0301', 'x'.repeat(129)])(
    'is not %j',
    (sent) => {
      expect(readLeadId(sent)).toMatchObject({ kind: 'unreadable' });
    },
  );

  it('is missing if there is no value', () => {
    expect(readLeadId(undefined)).toStrictEqual({ kind: 'absent' });
  });
});

describe('an e-mail address', () => {
  const kim = 'kim@example.com';

  const mailboxes: readonly (readonly [string, string, string?])[] = [
    [kim, kim],
    ['KIM@Example.COM', 'KIM@Example.COM'],
    ['kim@exämple.de', 'kim@exämple.de'],
    ['kim@xn--exmple-cua.de', 'kim@xn--exmple-cua.de'],
    ['mailto:kim@example.com', kim],
    ['MAILTO:kim@example.com', kim],
    ['<kim@example.com>', kim],
    ['< kim@example.com >', kim],
    ['<mailto:kim@example.com>', kim],
    ['kim@example.com,', kim],
    ['kim@example.com; ', kim],
    ['kim@example.com.', kim],
    ['Kim Lead <kim@example.com>', kim, 'Kim Lead'],
    ['Kim Lead<kim@example.com>,', kim, 'Kim Lead'],
    ['"Kim Lead" <kim@example.com>', kim, 'Kim Lead'],
    ['"Lead, Kim" <kim@example.com>', kim, 'Lead, Kim'],
    ['Lead, Kim <kim@example.com>', kim, 'Lead, Kim'],
    ['"Kim \\"K\\" Lead" <kim@example.com>', kim, 'Kim "K" Lead'],
    ['"Back\\\\slash" <kim@example.com>', kim, 'Back\\slash'],
    ['"Kim" "Lead" <kim@example.com>', kim, 'Kim Lead'],
    ["'Kim Lead' <kim@example.com>", kim, 'Kim Lead'],
    ["Kim O'Lead <kim@example.com>", kim, "Kim O'Lead"],
    ['金·리드 <kim@example.com>', kim, '金·리드'],
    ['kim@example.com <kim@example.com>', kim],
    ['"KIM@example.com" <kim@example.com>', kim],
    ['"" <kim@example.com>', kim],
    ['=?UTF-8?Q?Kim_L=C3=A9ad?= <kim@example.com>', kim],
  ];

  it.each(mailboxes.map(([sent, email, name = '']) => [sent, email, name]))('%j is %s "%s"', (sent, email, name) => {
    const value = name === '' ? { email } : { email, name };
    expect(readEmail(sent)).toStrictEqual({ kind: 'read', value });
  });

  it.each(around)('is read without %j around it', (space) => {
    for (const text of [kim, `Kim Lead <${space}${kim}${space}>`])
      expect(readEmail(`${space}${text}${space}`)).toMatchObject({ kind: 'read', value: { email: kim } });
  });

  it.each([
    'a@example.com, b@example.com',
    'a@example.com;b@example.com',
    'a@example.com b@example.com',
    'a@example.com <b@example.com>',
    'Kim <a@example.com>, Lee <b@example.com>',
    'a@example.com, Lee <b@example.com>',
    '<a@example.com><b@example.com>',
    'Team: a@example.com;',
    'kim@example.com (Kim)',
    'mailto:a@example.com?subject=x',
    'kim@\u200bexample.com',
    'kim @example.com',
    'kim@example',
    'kim',
    '<>',
    '<',
    'Kim <kim>',
    '"kim lead"@example.com',
    `${'a'.repeat(300)} <a@${'b'.repeat(900)}.com>`,
    '',
    ' ',
    '.',
  ])('is not %j', (sent) => {
    expect(readEmail(sent)).toMatchObject({ kind: 'unreadable' });
  });

  it.each([null, 7, true, {}, [], [kim, kim], { email: kim }])('is not %j', (sent) => {
    expect(readEmail(sent)).toMatchObject({ kind: 'unreadable' });
  });

  it('is the only one of a list', () => {
    expect(readEmail([kim])).toStrictEqual({ kind: 'read', value: { email: kim } });
  });
});

describe('a name or a status', () => {
  const status = readLabel(8);

  it.each<readonly [unknown, string]>([
    ['new', 'new'],
    [' new ', ' new '],
    [3, '3'],
    [0, '0'],
    [-1, '-1'],
    [new ExactNumber('90071992'), '90071992'],
    ['12345678', '12345678'],
    ['e\u0301', 'e\u0301'],
    ['a\ud83d', 'a\ufffd'],
    [['new'], 'new'],
  ])('%j is %s', (sent, value) => {
    expect(status(sent)).toStrictEqual({ kind: 'read', value });
  });

  it.each<readonly [string | number, string]>([
    ['123456789', '12345678'],
    ['1234567😀', '1234567'],
    ['123456😀9', '123456😀'],
    ['1234567\ud83d9', '1234567\ufffd'],
    [123456789, '12345678'],
  ])('%j is cut to %s', (sent, value) => {
    expect(status(sent)).toStrictEqual({ kind: 'read', value, warning: 'was cut to 8 characters' });
  });

  it.each([undefined, null, '', ' ', '\u200b\u00a0', [], [null], ['']])('%j is none', (sent) => {
    expect(status(sent)).toStrictEqual({ kind: 'absent' });
  });

  it.each([true, false, 1.5, {}, { value: 'new' }, ['a', 'b'], [['new']], `${' '.repeat(9)}x`])(
    '%j cannot be read',
    (sent) => {
      expect(status(sent)).toMatchObject({ kind: 'unreadable' });
    },
  );
});

describe('the time of an event', () => {
  const noon = '2026-01-31T12:00:00.000Z';

  it.each<unknown>([
    '2026-01-31T12:00:00Z',
    '2026-01-31t13:00:00+01:00',
    '2026-01-31T14:00:00+0200',
    '2026-01-31T14:00:00+02',
    '2026-01-31 12:00:00Z',
    '2026-01-31 14:00:00 +0200',
    '2026-01-31 12:00:00 UTC',
    '2026-01-31 12:00:00.000 GMT',
    '2026-01-31T12:00Z',
    '2026-01-31T12:00:00,000Z',
    '20260131T120000Z',
    '20260131T140000+0200',
    'Sat, 31 Jan 2026 12:00:00 GMT',
    'Sat, 31 Jan 2026 07:00:00 -0500',
    '31 Jan 2026 12:00:00 +0000',
    '31 Jan 2026 12:00 UT',
    'Saturday, 31-Jan-2026 12:00:00 GMT',
    ' 2026-01-31T12:00:00Z\u00a0',
    1769860800,
    1769860800000,
    '1769860800',
    '1769860800000',
    '1769860800.000',
    [1769860800],
    new ExactNumber('1769860800.000000000001'),
  ])('%j is noon', (sent) => {
    expect(readOccurredAt(sent)).toStrictEqual({ kind: 'read', value: noon });
  });

  it.each<readonly [unknown, string]>([
    [1769860800.5, '2026-01-31T12:00:00.500Z'],
    ['1769860800.1239', '2026-01-31T12:00:00.123Z'],
    [1769860800123, '2026-01-31T12:00:00.123Z'],
    ['2026-01-31 12:00:00.123456789+0000', '2026-01-31T12:00:00.123Z'],
    ['1 Feb 2026 00:00:00 GMT', '2026-02-01T00:00:00.000Z'],
    ['2016-12-31 23:59:60 UTC', '2016-12-31T23:59:59.999Z'],
  ])('%j is %s', (sent, value) => {
    expect(readOccurredAt(sent)).toStrictEqual({ kind: 'read', value });
  });

  it.each<unknown>([
    '2026-01-31T12:00:00',
    '2026-01-31 12:00:00',
    '2026-01-31',
    '20260131120000',
    'Fri, 31 Jan 2026 12:00:00 GMT',
    'Sat, 31 Jan 2026 12:00:00',
    'Sat, 31 Jan 2026 12:00:00 EST',
    'Sat, 31 Jan 26 12:00:00 GMT',
    'Sat Jan 31 12:00:00 2026',
    '01/31/2026 12:00:00Z',
    '31.01.2026 12:00 UTC',
    '2026-02-30T12:00:00+0200',
    '2026-13-01 00:00:00Z',
    '30 Feb 2026 12:00:00 GMT',
    '2026-01-31 24:00:00Z',
    '2026-01-31 12:60:00Z',
    '2026-01-31T12:00:00+99',
    'yesterday',
    '9999-12-31T23:59:59-05:00',
    0,
    7,
    -1769860800,
    176986080,
    17698608000,
    176986080000,
    17698608000000,
    1769860800000000,
    1769860800000.5,
    1e300,
    NaN,
    '0x6971f1c0',
    '+1769860800',
    true,
    {},
    [1769860800, 1769860800],
    new ExactNumber('1769860800000000001'),
  ])('%j has no single meaning', (sent) => {
    expect(readOccurredAt(sent)).toMatchObject({ kind: 'unreadable' });
  });

  it.each([undefined, null, '', ' ', []])('%j is none', (sent) => {
    expect(readOccurredAt(sent)).toStrictEqual({ kind: 'absent' });
  });
});
