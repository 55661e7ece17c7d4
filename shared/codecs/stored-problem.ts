import * as t from 'io-ts';

/** A `ValidationProblem` at rest. */
export const storedProblem = t.readonly(t.type({ path: t.string, message: t.string }), 'Problem');
