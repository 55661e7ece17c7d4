import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, type ScalarTag, type CollectionTag, type YAMLMap, type YAMLSeq } from 'yaml';
import { root } from '../../dev/paths';

export type Node = string | number | boolean | null | readonly Node[] | { readonly [key: string]: Node };

/** Reads CloudFormation's short forms as the long ones: `!Ref X` as `{ Ref: 'X' }`. */
const shortForms: (ScalarTag | CollectionTag)[] = ['Ref', 'GetAtt', 'Sub', 'If', 'Equals', 'Not', 'And'].flatMap(
  (name) => [
    { tag: `!${name}`, resolve: (text: string) => ({ [name]: text }) },
    {
      tag: `!${name}`,
      collection: 'seq' as const,
      resolve: (items: YAMLMap.Parsed | YAMLSeq.Parsed) => ({ [name]: items.toJSON() as Node }),
    },
  ],
);

export const readTemplate = (name: string): Node =>
  parse(readFileSync(join(root, name), 'utf8'), { customTags: shortForms, merge: true }) as Node;

/** The node at a path, or `undefined`. */
export const at = (node: Node | undefined, ...path: readonly string[]): Node | undefined =>
  path.reduce<Node | undefined>(
    (inner, key) =>
      typeof inner === 'object' && inner !== null && !Array.isArray(inner)
        ? (inner as Readonly<Record<string, Node>>)[key]
        : undefined,
    node,
  );

export const entries = (node: Node | undefined): readonly [string, Node][] =>
  typeof node === 'object' && node !== null && !Array.isArray(node) ? Object.entries(node) : [];

export const list = (node: Node | undefined): readonly Node[] =>
  Array.isArray(node) ? (node as readonly Node[]) : node === undefined || node === null ? [] : [node];
