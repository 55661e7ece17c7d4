import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../dev/paths';
import { at, list, type Node } from './read-template';
import { textOf } from './the-template';

export type Statement = Readonly<{
  sid: string;
  actions: readonly string[];
  resources: readonly string[];
  condition: Node | undefined;
}>;

const text = readFileSync(join(root, 'docs', 'deployer-policy.json'), 'utf8');

const read = (policy: string): readonly Statement[] =>
  list(at(JSON.parse(policy) as Node, 'Statement')).map((one) => ({
    sid: textOf(at(one, 'Sid')),
    actions: list(at(one, 'Action')).map(textOf),
    resources: list(at(one, 'Resource')).map(textOf),
    condition: at(one, 'Condition'),
  }));

/** The statements of docs/deployer-policy.json, with its placeholders. All of them allow. */
export const statements = read(text);

/** The statements of docs/roles-boundary.json, with its placeholders. All of them allow. */
export const boundary = read(readFileSync(join(root, 'docs', 'roles-boundary.json'), 'utf8'));

/** The statements that allow an action on a resource, if their conditions hold. `*` and `?` are IAM's wildcards. */
export const allowing = (action: string, arn: string, among = statements): readonly Statement[] =>
  among.filter(({ actions, resources }) => actions.includes(action) && resources.some((one) => like(one, arn)));

const like = (pattern: string, arn: string): boolean =>
  new RegExp(
    `^${pattern
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.')}$`,
  ).test(arn);

/** Size of the policy as IAM counts it: white space is not counted. */
export const sizeWith = (values: Readonly<Record<string, string>>): number =>
  Object.entries(values).reduce((all, [name, value]) => all.replaceAll(name, value), text.replace(/\s/g, '')).length;
