import * as t from 'io-ts';
import { defaultTolerance, headerName, secrets, tolerance, verifyToken } from './common-settings';
import { keyOf } from './encodings';
import { hmacOf, plainRecipe, type Recipe } from './recipe';
import { consistent, settings, text } from './settings';
import { hasPlace, partsOf, templateProblem } from './signed-template';

/** Separates the signatures of one header. It must not occur in a signature. */
const separator = text('one or two of the characters space , ; |', (value) => /^[ ,;|]{1,2}$/.test(value));

const prefix = text('text of at most 32 printable ASCII characters', (value) => /^[ -~]{0,32}$/.test(value));

const signed = text('a template of 1 to 200 characters', (value) => value.length >= 1 && value.length <= 200);

const fields = settings(
  'hmac',
  { header: headerName, secrets },
  {
    algorithm: t.keyof({ sha1: null, sha256: null, sha384: null, sha512: null }),
    encoding: t.keyof({ hex: null, base64: null, base64url: null }),
    prefix,
    separator,
    signed,
    timestamp_header: headerName,
    timestamp_unit: t.keyof({ s: null, ms: null }),
    tolerance_seconds: tolerance,
    id_header: headerName,
    secret_encoding: t.keyof({ utf8: null, hex: null, base64: null }),
    verify_token: verifyToken,
  },
);

export type Hmac = t.TypeOf<typeof fields>;

type Contradiction = readonly [field: keyof Hmac, expected: string];

const templateProblems = ({ signed = '{body}', timestamp_header, id_header }: Hmac): readonly Contradiction[] => {
  const problem = templateProblem(signed);
  if (problem !== undefined) return [['signed', problem]];
  return [
    ...usedTogether(hasPlace(signed, 'timestamp'), '{timestamp}', 'timestamp_header', timestamp_header),
    ...usedTogether(hasPlace(signed, 'id'), '{id}', 'id_header', id_header),
  ];
};

/** A header that is not signed proves nothing: a timestamp could be new while the signature is old. */
const usedTogether = (
  isSigned: boolean,
  place: string,
  field: 'timestamp_header' | 'id_header',
  header: string | undefined,
): readonly Contradiction[] => {
  if (isSigned && header === undefined) return [[field, `given, because "signed" has ${place}`]];
  return !isSigned && header !== undefined ? [['signed', `a template with ${place}, because ${field} is given`]] : [];
};

const headerProblems = (read: Hmac): readonly Contradiction[] => {
  const { timestamp_header, timestamp_unit, tolerance_seconds, prefix = '', separator } = read;
  const headers = [read.header, timestamp_header, read.id_header].filter((name) => name !== undefined);
  const isTimeless = timestamp_header === undefined;
  return [
    ...(new Set(headers).size < headers.length
      ? [['header', 'another header than timestamp_header and id_header, which differ, too'] as const]
      : []),
    ...(isTimeless && (timestamp_unit ?? tolerance_seconds) !== undefined
      ? [['timestamp_header', 'given, because timestamp_unit or tolerance_seconds is'] as const]
      : []),
    ...(separator !== undefined && prefix.includes(separator) ? [['prefix', 'without the separator'] as const] : []),
  ];
};

const secretProblems = ({ secrets, secret_encoding = 'utf8' }: Hmac): readonly Contradiction[] =>
  secrets.every((secret) => keyOf(secret_encoding, secret) !== undefined)
    ? []
    : [['secrets', `a list of texts in ${secret_encoding}, because secret_encoding says so`]];

/** A sender that signs with an HMAC, described by settings: for providers without a preset, and for scripts. */
export const hmac = consistent(fields, (read) => [
  ...templateProblems(read),
  ...headerProblems(read),
  ...secretProblems(read),
]);

export const hmacRecipe = ({
  algorithm = 'sha256',
  encoding = 'hex',
  prefix = '',
  separator,
  signed = '{body}',
  secret_encoding = 'utf8',
  tolerance_seconds = defaultTolerance,
  timestamp_unit = 's',
  header,
  timestamp_header,
  id_header,
}: Hmac): Recipe => ({
  ...plainRecipe,
  digest: hmacOf(algorithm, secret_encoding),
  signed: partsOf(signed),
  signature: { header, prefix, separator, encoding },
  timestamp:
    timestamp_header === undefined
      ? undefined
      : {
          header: timestamp_header,
          prefix: '',
          separator: undefined,
          unit: timestamp_unit,
          toleranceSeconds: tolerance_seconds,
        },
  id: id_header === undefined ? undefined : { header: id_header, prefix: '', separator: undefined },
});
