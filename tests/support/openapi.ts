import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { root } from '../../dev/paths';
import { at, entries, list, type Node } from './read-template';

const document = parse(readFileSync(join(root, 'openapi.yaml'), 'utf8')) as Node;

/** Replaces every `$ref` by what it refers to. openapi.yaml has no recursive schema. */
const inlined = (node: Node): Node => {
  if (typeof node !== 'object' || node === null) return node;
  if (Array.isArray(node)) return (node as readonly Node[]).map(inlined);
  const reference = at(node, '$ref');
  if (typeof reference === 'string') {
    const found = at(document, ...reference.slice('#/'.length).split('/'));
    if (found === undefined) throw new Error(`openapi.yaml has no ${reference}`);
    return inlined(found);
  }
  return Object.fromEntries(entries(node).map(([key, value]) => [key, inlined(value)]));
};

/** openapi.yaml, with every `$ref` replaced by what it refers to. */
export const contract = inlined(document);

/** An operation of openapi.yaml. `name` is its method and path, such as `POST /webhook/{source}`. */
export type Operation = Readonly<{ name: string; path: string; method: string; node: Node }>;

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];

export const operations: readonly Operation[] = entries(at(contract, 'paths')).flatMap(([path, item]) =>
  entries(item)
    .filter(([key]) => methods.includes(key))
    .map(([key, node]) => ({ name: `${key.toUpperCase()} ${path}`, path, method: key.toUpperCase(), node })),
);

/** @throws an Error if openapi.yaml does not have the operation */
export const operationOf = (name: string): Operation => {
  const found = operations.find((operation) => operation.name === name);
  if (found === undefined) throw new Error(`openapi.yaml has no operation ${name}`);
  return found;
};

/** The schema of an answer, or `undefined` if the operation has no such answer. */
export const answerSchema = ({ node }: Operation, status: number, mediaType: string): Node | undefined =>
  at(node, 'responses', String(status), 'content', mediaType, 'schema');

/** The values that the schema of a problem document allows for `type`. */
export const problemTypes = (schema: Node | undefined): readonly string[] => {
  const named = list(at(schema, 'properties', 'type', 'enum')).filter((value) => typeof value === 'string');
  return [...named, ...['allOf', 'oneOf'].flatMap((key) => list(at(schema, key)).flatMap(problemTypes))];
};
