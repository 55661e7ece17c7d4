import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { createContext, runInContext } from 'node:vm';
import { adviceOn } from '../../cli/problems/advice';
import { maskedJson } from '../../cli/terminal/masked-json';
import { printable } from '../../cli/terminal/printable';
import { linesOfText } from '../../console/page/format/json-text';
import { toRequest } from '../../IngestionFunction/http/request';
import { emailAddress } from '../../shared/lead/email-address';
import { eventIdText } from '../../shared/lead/event-id-text';
import { instant } from '../../shared/codecs/instant';
import { parseJson } from '../../shared/codecs/json-text';
import { leadId } from '../../shared/lead/lead-id';
import { challengeAnswer, verify } from '../../shared/sources/auth';
import { leadEventFrom } from '../../shared/sources/payloads/lead-payload';
import { owner, searchKey } from '../../shared/lead/owner';
import { queueMessage } from '../../shared/stored/queue-message';
import { rawKey } from '../../shared/lead/raw-key';
import { isBlank } from '../../shared/codecs/visible-text';
import { maskSecrets, withoutSecrets } from '../../shared/codecs/mask-secrets';
import { maskAddresses } from '../../shared/codecs/mask-addresses';
import { nameAndPlace } from '../../shared/lambda/name-and-place';
import { root } from '../../dev/paths';
import { sampleOf } from './shared/sources/auth-samples';

/**
 * Linear work on 1 MiB takes milliseconds. Quadratic work takes 1,000 times longer than this limit, so that the result
 * does not depend on the speed of the machine.
 */
const limitMs = 10_000;

/** Throws if `work` takes too long. The time-out also interrupts a regular expression. */
const inTime = (work: () => unknown): void => {
  runInContext('work()', createContext({ work: () => void work() }), { timeout: limitMs });
};

/** Parts of texts on which a pattern may backtrack: repeated parts, and an end that does not match. */
const parts = [
  ...[
    'a',
    '0',
    '1',
    ' ',
    '\t',
    '\n',
    '@',
    '.',
    '-',
    '+',
    ';',
    ':',
    '/',
    '=',
    '"',
    "'",
    '\\',
    '[',
    '{',
    '>',
    '\0',
    '\u200b',
  ],
  ...[
    'é',
    '😀',
    '\ud800',
    'a@',
    'a@b.',
    "a@b.c'",
    '"a"@b',
    '\\"',
    '"\\\n',
    '1e9,',
    '1e',
    '; charset ',
    'json+',
    '"a":',
    '{"a":',
  ],
  ...['secret', 'secret=', 'secret"', 'secret :', 'bearer ', 'token\\"', 'at ', ' at', '%40', '\r\n', 'raw/'],
];
const [starts, ends] = [
  ['', 'x', '{"', 'a@', '2026-01-01T00:00:00.', '2016-12-31T23:59:60.', 'application/'],
  ['', 'x', '!', 'Z'],
];

const texts = function* (length: number): Generator<string> {
  for (const part of parts) yield part.repeat(length / part.length);
  for (const part of ['a', '1', ' ', '\0', '.', '\u200b'])
    for (const start of starts) for (const end of ends) yield `${start}${part.repeat(length)}${end}`;
  yield `${'a'.repeat(length / 2)}@${'b'.repeat(length / 2)}`;
};

const mebibyte = 1024 * 1024;

/** Parts that are tested at the full length of 1 MiB, because they once caused a fault, or nearly did. */
const full = ['a', ' ', '\0', '@', 'a@', '"', '\\"', '"\\\n', '1e9,', 'secret', '{"a":'];

const request = (headers: Readonly<Record<string, string>>, body = '') =>
  toRequest('')({
    resource: '/ingest',
    httpMethod: 'POST',
    headers,
    body,
    isBase64Encoded: false,
    requestContext: {},
  } as unknown as Parameters<ReturnType<typeof toRequest>>[0]);

const signatureHeader = 'x-acme-signature';
const senders = (['hmac', 'stripe', 'basic', 'header-secret', 'hubspot-v3'] as const).map(sampleOf);

const verifyEach = (headers: Readonly<Record<string, readonly string[]>>) => {
  const url = `https://leads.example.com/webhook/${Object.values(headers)[0]?.[0] ?? ''}`;
  const request = { method: 'POST', url, headers, body: new Uint8Array() };
  for (const auth of senders) verify(auth, { request, body: undefined }, new Date());
};

const functions: Readonly<Record<string, (text: string) => unknown>> = {
  maskAddresses,
  maskSecrets,
  withoutSecrets: (text) => withoutSecrets({ [text]: text }),
  maskedJson: (text) => maskedJson({ [text]: text }),
  printable,
  parseJson,
  linesOfText: (text) => linesOfText(`{${text}`),
  isBlank,
  searchKey,
  leadId: (text) => leadId.is(text),
  emailAddress: (text) => emailAddress.is(text),
  eventIdText: (text) => eventIdText.is(text),
  rawKey: (text) => rawKey.is(text),
  instant: (text) => instant.decode(text),
  queueMessage: (text) => queueMessage.decode({ s3_key: `raw/${text}`, lead_id: text, event_id: text }),
  owner: (text) => owner.decode({ owner_name: text, email: text }),
  leadEvent: (text) =>
    leadEventFrom(text)({ lead_id: text, email: text, display_name: text, status: text, occurred_at: text }),
  'content type': (text) => request({ 'content-type': `application/json${text}` }),
  'content encoding': (text) => request({ 'content-type': 'application/json', 'content-encoding': text }),
  'a signature': (text) => verifyEach({ [signatureHeader]: [text, `${text} `], 'x-acme-timestamp': [text] }),
  'several signatures': (text) => verifyEach({ 'stripe-signature': [`t=${text},v1=${text}`] }),
  credentials: (text) => verifyEach({ authorization: [`Basic ${text}`], 'x-api-key': [text] }),
  'a challenge': (text) => challengeAnswer(sampleOf('meta'), { 'hub.mode': 'subscribe', 'hub.challenge': text }),
  'error name and message': (text) => adviceOn(text, text),
  'place of an error': (text) => nameAndPlace(new Error(text)),
};

describe('text of 1 MiB from any sender', () => {
  it.each(Object.entries(functions))('is processed by %s in linear time', (_name, work) => {
    for (const part of full) inTime(() => work(part.repeat(mebibyte / part.length)));
    for (const text of texts(mebibyte / 32)) inTime(() => work(text));
    // Unicode normalization sorts each row of combining marks.
    inTime(() => work(`a${'\u0301'.repeat(mebibyte / 4)}${'\u0323'.repeat(mebibyte / 4)}`));
  });
});

const functionFolders = ['IngestionFunction', 'EnrichmentFunction', 'QueryFunction', 'ReconcileFunction'];
const folders = ['cli', 'console', 'shared', ...functionFolders];

const regularExpressions = folders
  .flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
  )
  .filter((file) => /\.(?:ts|tsx|mjs)$/.test(file))
  .flatMap((file) => {
    const found: (readonly [string, string])[] = [];
    const visit = (node: ts.Node): void => {
      if (ts.isRegularExpressionLiteral(node)) found.push([file, node.text]);
      node.forEachChild(visit);
    };
    ts.createSourceFile(file, readFileSync(join(root, file), 'utf8'), ts.ScriptTarget.Latest).forEachChild(visit);
    return found;
  });

describe('every regular expression of the code', () => {
  it.each(regularExpressions)('%s: %s takes linear time', (_file, literal) => {
    const [, source = '', flags = ''] = /^\/(.*)\/([a-z]*)$/s.exec(literal) ?? [];
    const all = new RegExp(source, flags.replace('g', '') + 'g');
    for (const part of full) inTime(() => part.repeat(mebibyte / part.length).replace(all, ''));
    for (const text of texts(mebibyte / 16)) inTime(() => text.replace(all, ''));
  });
});
