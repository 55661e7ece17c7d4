import * as t from 'io-ts';

/** The longest expression, in UTF-16 code units. */
const maxLength = 512;

/** A JMESPath expression (https://jmespath.org/specification.html). */
export const expression = t.refinement(
  t.string,
  (text) => text.length >= 1 && text.length <= maxLength,
  `a JMESPath expression of at most ${maxLength} characters`,
);
