import Ajv2020, { type ValidateFunction } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import type { APIGatewayProxyResult } from 'aws-lambda';
import { answerSchema, operationOf } from './openapi';
import { at, entries, list, type Node } from './read-template';

const ajv = new Ajv2020({ allErrors: true, strict: true, strictTypes: false, strictRequired: false });
addFormats(ajv);

const compiled = new Map<Node, ValidateFunction>();

/** @throws an Error if the schema is invalid, or has an unknown keyword */
const validatorOf = (schema: Node): ValidateFunction => {
  const known = compiled.get(schema) ?? ajv.compile(closed(schema) as object);
  compiled.set(schema, known);
  return known;
};

/**
 * The schema, so that no object has members that the schema does not describe. Clients of the API ignore them, but an
 * undocumented member is a gap of openapi.yaml.
 */
export const closed = (schema: Node): Node => (isClosable(schema) ? { ...inside(schema), ...shut } : inside(schema));

const shut = { unevaluatedProperties: false };

/** An object whose members are listed here or in the parts of an `allOf`. */
const isClosable = (schema: Node): boolean =>
  at(schema, 'additionalProperties') === undefined &&
  (at(schema, 'properties') !== undefined || list(at(schema, 'allOf')).some(isClosable));

/** Closes the members of a schema. The parts of an `allOf` stay open, because each of them lists some members only. */
const inside = (schema: Node): Readonly<Record<string, Node>> =>
  Object.fromEntries(
    entries(schema).map(([key, value]) => {
      switch (key) {
        case 'allOf':
          return [key, list(value).map(inside)];
        case 'oneOf':
        case 'anyOf':
          return [key, list(value).map(closed)];
        case 'items':
          return [key, closed(value)];
        case 'properties':
          return [key, Object.fromEntries(entries(value).map(([name, member]) => [name, closed(member)]))];
        default:
          return [key, value];
      }
    }),
  );

/** What is wrong with a value, by the schema. Empty if nothing is. */
export const schemaProblems = (schema: Node, value: unknown): readonly string[] => {
  const validate = validatorOf(schema);
  return validate(value)
    ? []
    : (validate.errors ?? []).map(({ instancePath, message = '' }) => `${instancePath} ${message}`);
};

/** Headers that every answer may have. API Gateway and the schema of the body describe them. */
const undescribed = ['content-type', 'x-content-type-options'];

/** What is wrong with an answer of a function, by openapi.yaml. Empty if nothing is. */
export const answerProblems = (operation: string, answer: APIGatewayProxyResult): readonly string[] => {
  const { statusCode, body } = answer;
  const headers = Object.fromEntries(
    Object.entries(answer.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]),
  );
  if (isWithoutContent(operation, statusCode))
    return [...(body === '' ? [] : ['has a body']), ...headerProblems(operation, statusCode, headers)];
  const mediaType = String(headers['content-type']).split(';')[0] ?? '';
  const schema = answerSchema(operationOf(operation), statusCode, mediaType);
  if (schema === undefined) return [`openapi.yaml has no ${statusCode} with ${mediaType}`];
  const value: unknown = mediaType.endsWith('json') ? JSON.parse(body) : body;
  return [...schemaProblems(schema, value), ...headerProblems(operation, statusCode, headers)];
};

const isWithoutContent = (operation: string, status: number): boolean => {
  const response = at(operationOf(operation).node, 'responses', String(status));
  return response !== undefined && at(response, 'content') === undefined;
};

const headerProblems = (
  operation: string,
  status: number,
  sent: Readonly<Record<string, unknown>>,
): readonly string[] => {
  const described = entries(at(operationOf(operation).node, 'responses', String(status), 'headers')).map(
    ([name, header]) => ({ name: name.toLowerCase(), header }),
  );
  return [
    ...Object.keys(sent)
      .filter((name) => !undescribed.includes(name) && !described.some((one) => one.name === name))
      .map((name) => `header ${name} is not described`),
    ...described
      .filter(({ name, header }) => at(header, 'required') === true && sent[name] === undefined)
      .map(({ name }) => `header ${name} is missing`),
    ...described.flatMap(({ name, header }) => {
      const schema = at(header, 'schema');
      const value = sent[name];
      if (schema === undefined || value === undefined) return [];
      const read = at(schema, 'type') === 'integer' ? Number(value) : value;
      return schemaProblems(schema, read).map((problem) => `header ${name}${problem}`);
    }),
  ];
};
