import * as E from 'fp-ts/Either';
import { jsonObject } from '../../../shared/codecs/json-object';
import { parseJson } from '../../../shared/codecs/json-text';
import { maskSecrets, withoutSecrets } from '../../../shared/codecs/mask-secrets';
import { maskText } from '../../../shared/codecs/mask-personal';
import { prettyJson } from '../../../shared/codecs/pretty-json';
import type { StoredText } from '../../../shared/operations/leads/lead-ports';
import type { LeadDocument } from '../../api/lead';
import { maskOwner, maskPayload } from './mask-document';

/** The longest text that the page shows, in characters. */
const longest = 256 * 1024;

type Fields = Readonly<Record<string, unknown>>;

/** The raw object as the page shows it. Secrets never leave the server. @param isShown whether personal data do */
export const rawDocument = (key: string, stored: StoredText, isShown: boolean): LeadDocument =>
  documentOf(key, stored, isShown, (json) => (isShown ? json : maskPayload(json)));

/** The enriched object, with the lines that the owner's file added. */
export const enrichedDocument = (key: string, stored: StoredText, isShown: boolean): LeadDocument => {
  const document = documentOf(key, stored, isShown, (json) => (isShown ? json : maskEnriched(json)));
  return { ...document, added: addedLines(document.text ?? '') };
};

/** The names of the fields that the owner's file added. */
export const ownerFields = (stored: StoredText): readonly string[] => {
  const json = stored.kind === 'found' ? parseJson(stored.text) : E.left(undefined);
  const owner = E.isRight(json) && jsonObject.is(json.right) ? json.right.owner : undefined;
  return jsonObject.is(owner) ? Object.keys(maskOwner(owner) as Fields) : [];
};

const documentOf = (
  key: string,
  stored: StoredText,
  isShown: boolean,
  mask: (json: unknown) => unknown,
): LeadDocument => {
  if (stored.kind !== 'found')
    return { key, text: null, why_not: whyNot(stored), bytes: null, is_cut: false, added: [] };
  const json = parseJson(stored.text);
  const text = E.isRight(json) ? prettyJson(mask(withoutSecrets(json.right))) : plainText(stored.text, isShown);
  return {
    key,
    text: text.slice(0, longest),
    why_not: null,
    bytes: Buffer.byteLength(stored.text),
    is_cut: text.length > longest,
    added: [],
  };
};

/** A text that is no JSON has no fields, so that nothing of it is known to be no personal data. */
const plainText = (text: string, isShown: boolean): string => (isShown ? maskSecrets(text) : maskText(text));

const whyNot = (stored: Exclude<StoredText, { kind: 'found' }>): string =>
  stored.kind === 'missing'
    ? 'There is no such object. It was not written yet, or its retention has ended.'
    : `The object cannot be read: ${stored.problems.join(', ')}.`;

const maskEnriched = (json: unknown): unknown => {
  if (!jsonObject.is(json)) return maskPayload(json);
  const { lead, owner, ...rest } = json;
  return {
    ...(maskPayload(rest) as Fields),
    ...(lead === undefined ? {} : { lead: maskPayload(lead) }),
    ...(owner === undefined ? {} : { owner: maskOwner(owner) }),
  };
};

/** The lines of the member `owner` at the top level, which is written with an indent of two spaces. */
const addedLines = (text: string): LeadDocument['added'] => {
  const lines = text.split('\n');
  const from = lines.findIndex((line) => line.startsWith('  "owner": '));
  if (from === -1) return [];
  const end = lines.findIndex((line, index) => index > from && /^ {0,2}\S/.test(line) && !/^ {2}[}\]]/.test(line));
  return [{ from: from + 1, to: end === -1 ? lines.length : end }];
};
