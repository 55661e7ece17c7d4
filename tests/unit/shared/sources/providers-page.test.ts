import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as E from 'fp-ts/Either';
import * as t from 'io-ts';
import { root } from '../../../../dev/paths';
import { problemText, validationProblems } from '../../../../shared/codecs/validation-problem';
import { auth, schemeNames } from '../../../../shared/sources/auth';
import { payloadSettings } from '../../../../shared/sources/payloads/payload-settings';

const page = readFileSync(join(root, 'docs', 'providers.md'), 'utf8');

/** The configurations of the page. A member of an object is shown without the braces of the object. */
const configurations = [...page.matchAll(/^( *)```json\n([^]*?)\n\1```$/gm)].map(([, , text = '']) => {
  const object = JSON.parse(`{${text.replace(/<[^>]+>/g, '0123456789abcdef')}}`) as Record<string, unknown>;
  const [[id, value] = ['', {}]] = Object.entries(object);
  return { id, settings: id === 'auth' ? { auth: value } : value };
});

const whole = t.intersection([t.type({ auth }), t.partial({ payload: payloadSettings })]);

it('has a section with a configuration for each provider', () => {
  expect(configurations.length).toBeGreaterThanOrEqual(14);
  const schemes = configurations.map(({ settings }) => (settings as { auth: { scheme: string } }).auth.scheme);
  const shown = new Set([...schemes, ...[...page.matchAll(/the scheme\s+`([a-z0-9-]+)`/g)].map(([, name]) => name)]);
  expect(schemeNames.filter((name) => name !== 'body-secret' && !shown.has(name))).toStrictEqual([]);
});

it.each(configurations)('the configuration of $id is valid', ({ settings }) => {
  const decoded = whole.decode(settings);
  expect(E.isLeft(decoded) ? validationProblems(decoded.left).map(problemText) : []).toStrictEqual([]);
});

it('the links at the top lead to the sections', () => {
  const sections = [...page.matchAll(/^## (.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replace(/[^a-z0-9 -]/g, '')
      .replaceAll(' ', '-'),
  );
  const links = [...page.matchAll(/^- \[.+\]\(#(.+)\)$/gm)].map(([, anchor]) => anchor);
  expect(links).toStrictEqual(sections.filter((name) => name !== 'for-all-of-them'));
});

const samples = join(root, 'events', 'sources');

it.each(readdirSync(samples))('the configuration of events/sources/%s is valid', (name) => {
  const decoded = whole.decode(JSON.parse(readFileSync(join(samples, name, 'source.json'), 'utf8')));
  expect(E.isLeft(decoded) ? validationProblems(decoded.left).map(problemText) : []).toStrictEqual([]);
});
