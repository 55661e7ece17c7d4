import { at, entries, list, type Node, readTemplate } from './read-template';

export const template = readTemplate('template.yaml');

export const resource = (name: string): Node | undefined => at(template, 'Resources', name);

export const properties = (name: string): Node | undefined => at(resource(name), 'Properties');

export const parameter = (name: string): Node | undefined => at(template, 'Parameters', name);

export const ofType = (type: string): readonly [string, Node][] =>
  entries(at(template, 'Resources')).filter(([, one]) => at(one, 'Type') === type);

/** The statements of a role's policies; those in a condition as its first branch has them. */
export const statementsOf = (role: string): readonly Node[] =>
  list(at(properties(role), 'Policies'))
    .flatMap((policy) => list(at(policy, 'PolicyDocument', 'Statement')))
    .map((statement) => list(at(statement, 'If'))[1] ?? statement);
