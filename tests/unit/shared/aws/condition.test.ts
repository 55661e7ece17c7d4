import { allOf, anyOf, attributeNames, clause } from '../../../../shared/aws/condition';

const [a, b, c] = [clause('a = :a', { ':a': 1 }), clause('b = :b', { ':b': 'x' }), clause('attribute_exists(c)')];

describe('a condition of several clauses', () => {
  it.each([
    ['no parentheses around one clause', allOf(a), 'a = :a'],
    ['no parentheses between clauses of one joint', allOf(a, allOf(b, c)), 'a = :a AND b = :b AND attribute_exists(c)'],
    ['parentheses around OR in AND', allOf(anyOf(a, b), c), '(a = :a OR b = :b) AND attribute_exists(c)'],
    ['parentheses around AND in OR', anyOf(c, allOf(a, b)), 'attribute_exists(c) OR (a = :a AND b = :b)'],
    [
      'one pair of parentheses around a condition that is alone',
      allOf(allOf(anyOf(a, b)), c),
      '(a = :a OR b = :b) AND attribute_exists(c)',
    ],
  ])('has %s', (_what, condition, text) => {
    expect(condition.text).toBe(text);
  });

  it('is refused if two clauses use one placeholder for different values', () => {
    expect(() => allOf(clause('a = :x', { ':x': 1 }), clause('b = :x', { ':x': 2 }))).toThrow(':x');
    expect(allOf(clause('a = :x', { ':x': 1 }), clause('b = :x', { ':x': 1 })).values).toStrictEqual({ ':x': 1 });
  });

  it('has the values of all of its clauses', () => {
    expect(allOf(anyOf(a, b), c).values).toStrictEqual({ ':a': 1, ':b': 'x' });
  });
});

it('names each attribute once that has a placeholder in one of the expressions', () => {
  expect(attributeNames('SET #state = :state, #history[49] = :step', '#state = :seen AND pk = :pk')).toStrictEqual({
    '#state': 'state',
    '#history': 'history',
  });
});
