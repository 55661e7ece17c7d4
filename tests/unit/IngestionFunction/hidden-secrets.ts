import * as TE from 'fp-ts/TaskEither';
import { mailAbout } from '../../../EnrichmentFunction/mail';
import type { ReceivePorts } from '../../../IngestionFunction/receive-lead';
import { writeJson } from '../../../shared/codecs/json-text';
import { enrichedJson } from '../../../shared/lead/enriched-lead';
import { bodySecret } from '../../support/sources-of';
import { acceptingPorts, poster } from './receiving';

export const secret = 'money-talks-99';
export const older = 'Zoë="quoted\\secret"';
export const digits = '1234567890';

const readSources: ReceivePorts['readSources'] = () =>
  TE.right({
    billing: bodySecret(secret, older),
    digits: bodySecret(digits),
    'money-talks-99-source': bodySecret(secret),
    ingest: bodySecret(secret, older),
  });

/** Both routes with sources that share secrets, and what they keep. */
export const asking = (ingestAuth: ReceivePorts['ingestAuth'] = 'SECRET') => {
  const { ports, records } = acceptingPorts({ readSources, ingestAuth });
  const send = poster(ports);
  const post = (resource: '/ingest' | '/webhook', body: unknown, headers: object = {}) =>
    send(body, { resource, headers: { 'content-type': 'application/json', ...headers } });
  /** All that is kept and shown of what was sent last. */
  const kept = (): string => {
    const record = records.at(-1);
    if (record === undefined) throw new Error('nothing was kept');
    const enriched = { record, owner: { owner_name: 'Bob' } };
    return [JSON.stringify(record), writeJson(record.event.payload), enrichedJson(enriched), mailAbout(enriched)]
      .map((one) => (typeof one === 'string' ? one : Object.values(one).join('\n')))
      .join('\n');
  };
  return { post, records, kept };
};

export const lead = { webhook_id: 'billing', secret_key: secret, lead_id: 'L-1', email: 'a@example.com' };

export const wide = (text: string): string =>
  text.replace(/[!-~]/g, (character) => String.fromCharCode(character.charCodeAt(0) + 0xfee0));
export const escaped = (text: string): string =>
  Array.from(text, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');

/** Places and spellings of a secret in a body. */
export const inForm = (text: string): string => new URLSearchParams({ a: `x ${text}` }).toString();
export const inHtml = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
export const inReferences = (text: string): string =>
  Array.from(text, (one) => `&#${one.codePointAt(0) ?? 0};`).join('');

export const hidden: readonly (readonly [string, (secret: string) => object])[] = [
  ['as a value', (text) => ({ note: text })],
  ['in display_name', (text) => ({ display_name: `Ada ${text} Lovelace` })],
  ['in status, twice', (text) => ({ status: `${text}${text}` })],
  ['nested', (text) => ({ a: { b: [{ c: text }] } })],
  ['in an array', (text) => ({ a: [1, [text, `x${text}y`]] })],
  ['as a key', (text) => ({ [text]: 1, nested: [{ [`x-${text}`]: { [text]: 2 } }] })],
  ['in the address of a page', (text) => ({ page: `https://example.com/?secret_key=${text}&x=1` })],
  ['in the address of a page, encoded', (text) => ({ page: `https://example.com/?k=${encodeURIComponent(text)}` })],
  [
    'in the address of a page, all encoded',
    (text) => ({ page: Buffer.from(text).toString('hex').replace(/../g, '%$&') }),
  ],
  ['in JSON within the JSON', (text) => ({ body: JSON.stringify({ secret_key: text }) })],
  ['in JSON within JSON within the JSON', (text) => ({ body: JSON.stringify(JSON.stringify({ x: [text] })) })],
  ['with escapes within the JSON', (text) => ({ body: `{"x":"${escaped(text)}"}` })],
  ['decomposed', (text) => ({ note: text.normalize('NFD') })],
  ['composed', (text) => ({ note: text.normalize('NFC') })],
  ['in full width', (text) => ({ note: wide(text) })],
  ['with invisible characters', (text) => ({ note: Array.from(text).join('\u200b') })],
  ['with invisible Braille patterns', (text) => ({ note: Array.from(text).join('\u2800') })],
  ['with soft hyphens in a key', (text) => ({ [Array.from(text).join('\u00ad')]: 1 })],
  ['in pieces that make it again once it is taken out', (text) => ({ note: text.slice(0, 5) + text + text.slice(5) })],
  ['by the name Secret_Key', (text) => ({ Secret_Key: text, x: { 'SECRET-KEY': text, secretKey: [text] } })],
];

/** Here special characters change the spelling: the whole text is hidden only for a secret that contains some. */
export const encodedPlaces: typeof hidden = [
  ['in a form', (text) => ({ form: inForm(text) })],
  ['in a URL in a URL', (text) => ({ page: `https://a.example/?u=${encodeURIComponent(encodeURIComponent(text))}` })],
  ['in HTML', (text) => ({ page: inHtml(text), all: inReferences(text) })],
];
