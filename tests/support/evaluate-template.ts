import { at, entries, list, type Node } from './read-template';
import { parameter, template, textOf } from './the-template';

type Given = Readonly<Record<string, string>>;

/** The value of `AWS::NoValue`: the property is absent. */
const absent = Symbol('AWS::NoValue');

type Value = Node | typeof absent;

/**
 * A part of the template as CloudFormation evaluates it: conditions are decided, and parameters have their values.
 * References to resources stay as `{ Ref: … }` and `{ GetAtt: … }`.
 *
 * @param given parameters that differ from their defaults
 */
export const evaluate = (node: Node | undefined, given: Given = {}): Node | undefined => {
  const value = node === undefined ? absent : valueOf(node, given);
  return value === absent ? undefined : value;
};

const valueOf = (node: Node, given: Given): Value => {
  if (Array.isArray(node))
    return (node as readonly Node[]).map((one) => valueOf(one, given)).filter((one): one is Node => one !== absent);
  if (typeof node !== 'object' || node === null) return node;
  const [condition, then = null, otherwise = null] = list(at(node, 'If'));
  if (condition !== undefined) return valueOf(holds(textOf(condition), given) ? then : otherwise, given);
  if (at(node, 'Ref') === 'AWS::NoValue') return absent;
  const name = at(node, 'Ref');
  // A parameter without a default and without a value stays a reference.
  if (typeof name === 'string' && isKnown(name, given)) return parameterOf(name, given);
  const text = at(node, 'Sub');
  if (typeof text === 'string')
    return {
      Sub: text.replace(/\$\{(\w+)\}/g, (all, inner: string) =>
        isKnown(inner, given) ? parameterOf(inner, given) : all,
      ),
    };
  return Object.fromEntries(
    entries(node).flatMap(([key, inner]) => {
      const value = valueOf(inner, given);
      return value === absent ? [] : [[key, value] as const];
    }),
  );
};

/** A text or a number as text. Parameters are texts. */
const plain = (value: Node | undefined): string => (typeof value === 'number' ? String(value) : textOf(value));

const isKnown = (name: string, given: Given): boolean => name in given || at(parameter(name), 'Default') !== undefined;

const parameterOf = (name: string, given: Given): string => given[name] ?? plain(at(parameter(name), 'Default'));

/** Whether a condition of the template is true. */
export const holds = (name: string, given: Given = {}): boolean => isTrue(at(template, 'Conditions', name), given);

/** What CloudFormation says against these parameters by the rules of the template. Empty if it accepts them. */
export const refusedBy = (given: Given): readonly string[] =>
  entries(at(template, 'Rules'))
    .filter(([, rule]) => isTrue(at(rule, 'RuleCondition'), given))
    .flatMap(([, rule]) => list(at(rule, 'Assertions')))
    .filter((assertion) => !isTrue(at(assertion, 'Assert'), given))
    .map((assertion) => textOf(at(assertion, 'AssertDescription')));

const isTrue = (node: Node | undefined, given: Given): boolean => {
  const [kind, inner] = entries(node)[0] ?? [];
  const parts = list(inner);
  switch (kind) {
    case 'Equals':
      return plain(evaluate(parts[0], given)) === plain(evaluate(parts[1], given));
    case 'Not':
      return !isTrue(parts[0], given);
    case 'And':
      return parts.every((part) => isTrue(part, given));
    default:
      throw new Error(`the condition ${JSON.stringify(node)} is not known here`);
  }
};

/** The names of the resources that the template makes. */
export const resourcesMade = (given: Given = {}): readonly string[] =>
  entries(at(template, 'Resources'))
    .filter(([, one]) => {
      const condition = at(one, 'Condition');
      return typeof condition !== 'string' || holds(condition, given);
    })
    .map(([name]) => name);
