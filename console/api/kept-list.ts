import * as t from 'io-ts';
import { nullable } from '../../shared/codecs/nullable';
import { problem } from './problem';

/** The most rows of an answer. A list with more is narrowed by its filters. */
export const mostRows = 2_000;

/**
 * A list that the server has read on request and keeps. Actions of this console remove what they finished from it.
 * `since` is the instant of the reading, by which an action says which list the user has seen.
 */
export const listState = t.readonly(
  t.type({
    since: nullable(t.string),
    /** Id of the task that reads the list or works on it now. */
    task: nullable(t.string),
    /** Why the latest reading failed. The list is then that of an earlier one, if there was one. */
    problem: nullable(problem),
    /** How many entries the whole list has. */
    total: t.number,
    /** How many match the filters. At most `mostRows` of them are in `rows`. */
    matching: t.number,
  }),
  'ListState',
);
