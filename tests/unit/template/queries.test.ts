import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../../dev/paths';
import { at } from '../../support/read-template';
import { ofType, textOf } from '../../support/the-template';

const sources = [
  'IngestionFunction/observe.ts',
  'EnrichmentFunction/observe.ts',
  'ReconcileFunction/observe.ts',
  'shared/lambda/logger.ts',
  'IngestionFunction/http/refusal.ts',
].map((file) => readFileSync(join(root, file), 'utf8'));

const queries = ofType('AWS::Logs::QueryDefinition').map(
  ([name, query]) => [name, textOf(at(query, 'Properties', 'QueryString'))] as const,
);

/** What a query names that is neither a word of the language, nor a text, nor a name that it gives itself. */
const fieldsOf = (query: string): readonly string[] => {
  const own = [...query.matchAll(/\bas (\w+)/g)].map(([, name]) => name);
  const language = /^(fields|filter|sort|stats|limit|count|count_distinct|max|ispresent|bin|as|by|asc|desc|in|and|or)$/;
  return (query.replaceAll(/"[^"]*"/g, '').match(/(?<!@)\b[a-z]\w*/g) ?? []).filter(
    (word) => !language.test(word) && !own.includes(word),
  );
};

test('there are saved queries for the questions of operators', () => {
  expect(queries.map(([name]) => name)).toHaveLength(6);
});

test.each(queries)('%s uses only fields that the functions log', (_name, query) => {
  const fields = fieldsOf(query);
  expect(fields).not.toEqual([]);
  const isLogged = (field: string) => sources.some((source) => new RegExp(`\\b${field}\\b[,:} ]`).test(source));
  expect(fields.filter((field) => !isLogged(field))).toEqual([]);
});

test.each(queries)('%s asks only for messages that the functions log', (_name, query) => {
  const asked = [...query.matchAll(/"([a-z][^"]*)"/g)].map(([, text]) => text);
  expect(asked.filter((text) => !sources.some((source) => source.includes(`'${text ?? ''}'`)))).toEqual([]);
});
