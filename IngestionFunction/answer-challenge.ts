import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import { challengeAnswer } from '../shared/sources/auth';
import { type ReadSources, sourceIn } from '../shared/sources/authenticate';
import type { Refusal } from './http/refusal';

/**
 * Answers the challenge by which a provider verifies the URL of its webhook, if the source has a verify token.
 *
 * @param parameters the query of the request
 * @returns the challenge. `not-authentic` for any other request, and for an unknown source
 */
export const answerChallenge =
  (readSources: ReadSources) =>
  (sourceId: string, parameters: Readonly<Record<string, string | undefined>>): TE.TaskEither<Refusal, string> => {
    const refusal: Refusal = { kind: 'not-authentic', route: 'source' };
    const answerFrom = (which: 'cached' | 'fresh'): TE.TaskEither<Refusal, string> =>
      pipe(
        readSources(which),
        TE.flatMapEither((sources) => sourceIn(sources, sourceId)),
        TE.flatMapEither((source): E.Either<Refusal, string> =>
          pipe(challengeAnswer(source?.auth, parameters), E.fromNullable(refusal)),
        ),
      );
    return pipe(
      answerFrom('cached'),
      // The source may have been added since the cached copy was read.
      TE.orElse((failure) => (failure === refusal ? answerFrom('fresh') : TE.left(failure))),
    );
  };
