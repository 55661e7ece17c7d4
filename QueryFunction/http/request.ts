import type { APIGatewayProxyEvent } from 'aws-lambda';
import * as E from 'fp-ts/Either';
import { identity, pipe } from 'fp-ts/function';
import { leadId, type LeadId } from '../../shared/lead/lead-id';
import { leadNamespace } from '../../shared/lead/lead-namespace';
import type { HistorySearch, LeadSearch } from '../../shared/ports/lead-search';
import { searchValue } from '../../shared/lead/search-value';
import type { ValidationProblem } from '../../shared/codecs/validation-problem';
import type { Question } from '../answer-question';
import type { QueryRefusal } from './refusal';

const defaultLimit = { search: 25, history: 100 } as const;
const maxLimit = 100;
const searchable = ['email', 'owner', 'status'] as const;
const searchParameters: readonly string[] = [...searchable, 'limit', 'next'];

/** Reads a query from the path and the query string. An id that no lead can have is `no-such-lead`. */
export const toQuestion = (event: APIGatewayProxyEvent): E.Either<QueryRefusal, Question> =>
  event.resource.endsWith('/leads/{lead_id}')
    ? pipe(
        leadIdIn(event),
        E.flatMap((id) => toLeadQuestion(id, query(event))),
      )
    : toSearchQuestion(query(event));

const leadIdIn = (event: APIGatewayProxyEvent): E.Either<QueryRefusal, LeadId> =>
  pipe(
    decoded(event.pathParameters?.lead_id),
    E.flatMap((id) => leadId.decode(id)),
    E.mapLeft(() => ({ kind: 'no-such-lead' })),
  );

const toLeadQuestion = (id: LeadId, query: Query): E.Either<QueryRefusal, Question> =>
  pipe(
    toHistorySearch(id, query),
    E.bimap(badQuery, (search) => ({ kind: 'lead', search })),
  );

const toSearchQuestion = (query: Query): E.Either<QueryRefusal, Question> =>
  pipe(
    toSearch(query),
    E.bimap(badQuery, (search) => ({ kind: 'search', search })),
  );

const badQuery = (errors: readonly ValidationProblem[]): QueryRefusal => ({ kind: 'bad-query', errors });

/**
 * AWS passes the parameters of a path as they were sent. Local clouds pass them decoded. An id contains no `%`, so
 * decoding it twice changes nothing.
 */
const decoded = (text: string | undefined): E.Either<unknown, string> =>
  E.tryCatch(() => decodeURIComponent(text ?? ''), identity);

type Query = Readonly<{
  one: Readonly<Record<string, string | undefined>>;
  all: Readonly<Record<string, readonly string[] | undefined>>;
}>;

const query = (event: APIGatewayProxyEvent): Query => ({
  one: event.queryStringParameters ?? {},
  all: event.multiValueQueryStringParameters ?? {},
});

/**
 * Unknown parameters, and parameters that are given twice: a search would use one of their values and ignore the other.
 */
const problemsOf = ({ one, all }: Query, known: readonly string[]): readonly ValidationProblem[] => [
  ...Object.keys(one)
    .filter((name) => !known.includes(name))
    .map(() => ({ path: '', message: `only these parameters are known: ${known.join(', ')}` })),
  ...known
    .filter((name) => (all[name] ?? []).length > 1)
    .map((name) => ({ path: name, message: 'must be given once' })),
];

/** 0 if the parameter is not a number. */
const limitOf = ({ one: { limit } }: Query, absent: number): number =>
  limit === undefined ? absent : /^\d{1,3}$/.test(limit) ? Number(limit) : 0;

const limitProblems = (limit: number): readonly ValidationProblem[] =>
  limit >= 1 && limit <= maxLimit ? [] : [{ path: 'limit', message: `must be a whole number from 1 to ${maxLimit}` }];

const historyParameters: readonly string[] = ['namespace', 'limit', 'next'];

const toHistorySearch = (leadId: LeadId, query: Query): E.Either<readonly ValidationProblem[], HistorySearch> => {
  const { namespace, next } = query.one;
  const limit = limitOf(query, defaultLimit.history);
  const problems: readonly ValidationProblem[] = [
    ...problemsOf(query, historyParameters),
    ...limitProblems(limit),
    ...(namespace === undefined || leadNamespace.is(namespace)
      ? []
      : [{ path: 'namespace', message: 'must be text of 1 to 64 characters' }]),
  ];
  return problems.length > 0
    ? E.left(problems)
    : E.right({
        leadId,
        limit,
        ...(namespace === undefined ? {} : { namespace }),
        ...(next === undefined ? {} : { cursor: next }),
      });
};

const toSearch = (asked: Query): E.Either<readonly ValidationProblem[], LeadSearch> => {
  const query = asked.one;
  const given = searchable.filter((name) => query[name] !== undefined);
  const [by] = given;
  const value = by === undefined ? '' : searchValue(by, query[by] ?? '');
  const limit = limitOf(asked, defaultLimit.search);
  const problems: readonly ValidationProblem[] = [
    ...problemsOf(asked, searchParameters),
    ...(given.length === 1 ? [] : [{ path: '', message: 'give exactly one of email, owner and status' }]),
    ...(by !== undefined && value === '' ? [{ path: by, message: 'must not be empty' }] : []),
    ...limitProblems(limit),
  ];
  return by === undefined || problems.length > 0
    ? E.left(problems)
    : E.right({ by, value, limit, ...(query.next === undefined ? {} : { cursor: query.next }) });
};
