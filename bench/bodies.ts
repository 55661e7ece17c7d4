import { expression } from '../shared/sources/payloads/expression';
import { type HttpEvent, leadIdOf, newLead } from './events';

/** The largest body that IngestionFunction accepts, in bytes. */
const maxBytes = 256 * 1024;

/** Repeats a text up to a number of bytes. */
const repeated = (text: string, bytes: number): string => text.repeat(Math.floor(bytes / Buffer.byteLength(text)));

/** As many items as fit, with a separator between them. */
const listed = (item: (index: number) => string, bytes: number, atMost = Infinity): string => {
  const items: string[] = [];
  for (let size = 0; items.length < atMost;) {
    const next = item(items.length);
    size += Buffer.byteLength(next) + 1;
    if (size > bytes) break;
    items.push(next);
  }
  return items.join(',');
};

const text = (part: string) => (bytes: number) => `"${repeated(part, bytes - 2)}"`;

const array = (item: (index: number) => string, atMost?: number) => (bytes: number) =>
  `[${listed(item, bytes - 2, atMost)}]`;

const object = (member: (index: number) => string, atMost?: number) => (bytes: number) =>
  `{${listed(member, bytes - 2, atMost)}}`;

/** At most this many values are accepted (`shared/codecs/json-scan.ts`). The rest of a lead has some. */
const values = 4_900;

/** As many texts as are accepted, which fill the body together. */
const texts = (part: string) => array(() => `"${repeated(part, maxBytes / values - 4)}"`, values);

/** An escape of a ligature that a text contains. */
const escapedLigature = '\\\\ufdfa';

/** A number of as many digits as fit if there are as many numbers as are accepted. */
const digits = '7'.repeat(Math.floor(maxBytes / values) - 8);

/** JSON of a number of bytes. A lead has it in a field that Leadline does not know. */
const fillers: Readonly<Record<string, (bytes: number) => string>> = {
  'an array of numbers': array((index) => String(index)),
  'the most numbers': array((index) => String(index), values),
  'the most long numbers': array((index) => `${digits}${index}`, values),
  'the most numbers with an exponent': array((index) => `${digits}e${index}`, values),
  'the most numbers that a double rounds': array((index) => `0.${digits}${index}`, values),
  'numbers of 1,000 digits': array((index) => `1${String(index).padStart(998, '7')}`),
  'exponents of 990 digits': array((index) => `1e${String(index).padStart(990, '7')}`),
  'an array of empty arrays': array(() => '[]'),
  'nested arrays': (bytes) => `${'['.repeat(bytes / 2)}${']'.repeat(bytes / 2)}`,
  'the deepest objects': array(() => `${'{"a":'.repeat(60)}0${'}'.repeat(60)}`, values / 61),
  'nested objects': (bytes) => `${'{"a":'.repeat(bytes / 6)}0${'}'.repeat(bytes / 6 - 1)}`,
  'an object of many keys': object((index) => `"k${index}":0`),
  'the most keys': object((index) => `"${`k${index}`.padEnd(maxBytes / values - 8, 'x')}":0`, values),
  'the most keys, with the same beginning': object(
    (index) => `"${'x'.repeat(maxBytes / values - 14)}${String(values - index).padStart(5, '0')}":0`,
    values,
  ),
  'the most keys of accented letters': object(
    (index) => `"${String(index).padStart(5, '0')}${repeated('é', maxBytes / values - 14)}":0`,
    values,
  ),
  'one key many times': object(() => '"a":0', values),
  'escaped letters': text('\\u0061'),
  'escaped quotation marks': text('\\"'),
  'escaped backslashes': text('\\\\'),
  'JSON in a text': text('{\\"secret\\":\\"a\\"},'),
  words: text('word '),
  'percent signs': text('%'),
  'percent-encoded letters': text('%61'),
  'letters that are percent-encoded three times': text('%252561'),
  'references of HTML': text('&#97;'),
  ampersands: text('&'),
  'plus signs': text('+'),
  'parts of addresses': text('a@'),
  addresses: text('a@b.co '),
  'the beginning of the secret': text('super-secret-12'),
  'the secret': text('super-secret-123'),
  'the secret, percent-encoded': text('super%2Dsecret%2D123'),
  'names of secrets': text('secret='),
  'accented letters': text('é'),
  'combining marks': text('\u0301\u0323'),
  'letters with combining marks': text('a\u0301'),
  'letters that decompose into many': text('\ufdfa'),
  'letters that decompose into seven': text('\u321d'),
  'references of letters that decompose into many': text('&#xfdfa;'),
  'the most keys of letters that decompose into many': object(
    (index) => `"${String(index).padStart(5, '0')}${repeated('\ufdfa', maxBytes / values - 14)}":0`,
    values,
  ),
  'the most keys of such letters as escapes, and a secret': object(
    (index) =>
      index === 0 ? '"secret_key":"الله-éé-الله"' : `"${index}${repeated(escapedLigature, maxBytes / values - 14)}":0`,
    values,
  ),
  'Hangul syllables': text('각'),
  'full-width letters': text('ａ'),
  emoji: text('😀'),
  'zero-width spaces': text('\u200b'),
  'the most words': texts('ab cd '),
  'the most addresses': texts('a@b.co '),
  'the most accented letters': texts('é'),
  'the most combining marks': texts('\u0301\u0323'),
  'the most letters that decompose into many': texts('\ufdfa'),
  'the most percent-encoded letters': texts('%2561'),
  'the most escapes': texts('\\\\'),
  'the most secrets': texts('super-secret-123 '),
  'white space': (bytes) => `${' '.repeat(bytes - 1)}0`,
};

/** A request with a body. */
export type BodyKind = Readonly<{ what: string; event: (number: number) => HttpEvent }>;

const jsonEvent = (body: string, number: number): HttpEvent => ({
  ...newLead(number),
  body: Buffer.from(body).toString('base64'),
});

/** The lead of a number as JSON text, without the closing brace. */
const openLead = (number: number): string => Buffer.from(newLead(number).body, 'base64').toString().replace(/\}$/, '');

const inField =
  (fill: (bytes: number) => string) =>
  (number: number): HttpEvent => {
    const start = `${openLead(number)},"more":`;
    return jsonEvent(`${start}${fill(maxBytes - start.length - 1)}}`, number);
  };

/** A lead whose field has a long text. */
const longField = (name: string, value: (number: number) => string): BodyKind => ({
  what: `a long ${name}`,
  event: (number) => newLead(number, { [name]: value(number) }),
});

/** An expression that repeats a part as often as a mapping may. */
const longest = (start: string, part: string): string => {
  let text = start;
  while (expression.is(text + part)) text += part;
  return text;
};

/** An expression that wraps another as often as a mapping may. */
const deepest = (before: string, after: string): string => {
  let text = 'more';
  while (expression.is(before + text + after)) text = before + text + after;
  return text;
};

const numbersAsText = array(
  (index) => `"${String((index * 7919) % values).padStart(maxBytes / values - 8, 'x')}"`,
  values,
);

/** Mappings that are as much work as the settings of a source allow, each with a body on which they are slow. */
const mappings: Readonly<Record<string, Readonly<{ expression: string; fill: (bytes: number) => string }>>> = {
  flatten: { expression: longest('more', '[]'), fill: numbersAsText },
  project: { expression: longest('more', '|[*]'), fill: numbersAsText },
  and: { expression: longest('more', '&&more'), fill: object((index) => `"k${index}":0`, values) },
  merge: { expression: deepest('merge(', ')'), fill: object((index) => `"k${index}":0`, values) },
  reverse: { expression: deepest('reverse(', ')'), fill: text('x') },
  sort: { expression: deepest('sort_by(', ',&@)'), fill: numbersAsText },
  'to text': { expression: 'map(&to_string(@),map(&to_string(@),more))', fill: numbersAsText },
  join: { expression: "join('x',more)", fill: numbersAsText },
};

/** Each field that a lead can do without has the expression. */
const mappingSource = (slow: string) => ({
  auth: { scheme: 'header-secret', header: 'x-key', secrets: ['super-secret-123'] },
  payload: {
    fields: { lead_id: 'lead_id', email: 'email', display_name: slow, status: slow, occurred_at: slow },
    event_key: slow,
  },
});

const nameOf = (mapping: string): string => `map-${mapping.replaceAll(' ', '-')}`;

/** A request to the source that a name is the path of. */
const sentTo = (source: string, type: string, number: number, body: string): HttpEvent =>
  ({
    ...newLead(number),
    ...{ resource: '/webhook/{source}', path: `/webhook/${source}`, pathParameters: { source } },
    headers: { 'content-type': type, 'x-key': 'super-secret-123' },
    multiValueHeaders: { 'content-type': [type], 'x-key': ['super-secret-123'] },
    body: Buffer.from(body).toString('base64'),
  }) as HttpEvent;

const formType = 'application/x-www-form-urlencoded';

/** Sources for bodies that the default source does not take. */
export const bodySources = {
  form: {
    auth: { scheme: 'header-secret', header: 'x-key', secrets: ['super-secret-123'] },
    payload: { preset: 'form' },
  },
  ...Object.fromEntries(
    Object.entries(mappings).map(([name, { expression }]) => [nameOf(name), mappingSource(expression)]),
  ),
};

const formEvent =
  (fill: (bytes: number) => string) =>
  (number: number): HttpEvent => {
    const start = `email=${leadIdOf(number)}%40example.com&id=${leadIdOf(number)}&`;
    return sentTo('form', formType, number, start + fill(maxBytes - start.length));
  };

const forms: Readonly<Record<string, (bytes: number) => string>> = {
  'a form with the most fields': (bytes) =>
    Array.from({ length: values }, (_, index) => `f${index}=${'x'.repeat(bytes / values - 10)}`).join('&'),
  'a form with one field many times': (bytes) => repeated(`a=${'x'.repeat(bytes / values - 4)}&`, bytes),
  'a form of percent-encoded letters': (bytes) => `a=${repeated('%61', bytes - 2)}`,
  'a form of plus signs': (bytes) => `a=${'+'.repeat(bytes - 2)}`,
  'a form with too many fields': (bytes) => repeated('a=1&', bytes),
};

/** An ordinary lead. */
export const smallBody: BodyKind = { what: 'a small lead', event: (number) => newLead(number) };

/** A lead of the largest size: one long text of letters. */
export const plainBody: BodyKind = { what: 'plain', event: inField(text('abcdefgh')) };

/** A lead for a source with a slow mapping. */
const mappedLead = ([name, { fill }]: readonly [string, (typeof mappings)[string]]): BodyKind => ({
  what: `the slowest mapping, ${name}`,
  event: (number) => {
    const id = leadIdOf(number);
    const start = `{"lead_id":"${id}","email":"${id}@example.com","more":`;
    return sentTo(nameOf(name), 'application/json', number, `${start}${fill(maxBytes - start.length - 1)}}`);
  },
});

/** Large bodies that are meant to cost much. Each is accepted, or refused as late as possible. */
export const hostileBodies: readonly BodyKind[] = [
  ...Object.entries(fillers).map(([what, fill]) => ({ what, event: inField(fill) })),
  ...Object.entries(forms).map(([what, fill]) => ({ what, event: formEvent(fill) })),
  longField('email', (number) => `${'a'.repeat(250_000)}@${leadIdOf(number)}.com`),
  longField('lead_id', (number) => leadIdOf(number).repeat(15_000)),
  longField('display_name', () => 'é '.repeat(80_000)),
  longField('status', () => 'a\u0301'.repeat(80_000)),
  longField('occurred_at', () => `2026-01-01T00:00:00.${'1'.repeat(250_000)}Z`),
  longField('secret_key', () => 'super-secret-12'.repeat(17_000)),
  {
    what: 'JSON that ends too early',
    event: (number) => jsonEvent(`${openLead(number)},"more":[${listed(() => '{"a":"b c"}', 250_000, 2_000)}`, number),
  },
];

/** Leads for the sources whose settings are as slow as they may be. */
export const mappedBodies: readonly BodyKind[] = Object.entries(mappings).map(mappedLead);
