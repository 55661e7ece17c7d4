import { at, entries, list, type Node, readTemplate } from './read-template';

export const template = readTemplate('template.yaml');

export const resource = (name: string): Node | undefined => at(template, 'Resources', name);

export const properties = (name: string): Node | undefined => at(resource(name), 'Properties');

export const parameter = (name: string): Node | undefined => at(template, 'Parameters', name);

export const ofType = (type: string): readonly [string, Node][] =>
  entries(at(template, 'Resources')).filter(([, one]) => at(one, 'Type') === type);

/** An environment variable of a function, such as `setting('Enrichment', 'MAX_RECEIVES')`. */
export const setting = (name: string, variable: string): Node | undefined =>
  at(properties(`${name}Function`), 'Environment', 'Variables', variable);

/** The statements of a role's policies. Of a conditional statement it returns the first branch. */
export const statementsOf = (role: string): readonly Node[] =>
  list(at(properties(role), 'Policies'))
    .flatMap((policy) => list(at(policy, 'PolicyDocument', 'Statement')))
    .map((statement) => list(at(statement, 'If'))[1] ?? statement);

export const textOf = (node: Node | undefined): string => (typeof node === 'string' ? node : '');
