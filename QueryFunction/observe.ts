import * as E from 'fp-ts/Either';
import { logger } from '../shared/lambda/logger';
import type { StoreFailure } from '../shared/ports/store-failure';
import type { Answer } from './answer-question';
import type { QueryRefusal } from './http/refusal';

/** Logs the outcome of a query: kinds and keys, no parameter and no lead. */
export const logOutcome = (correlationId: string, outcome: E.Either<QueryRefusal, Answer>): void => {
  const correlation = { correlation_id: correlationId };
  if (E.isRight(outcome)) {
    logger.info('query answered', { ...correlation, kind: outcome.right.kind });
    for (const failure of unreadableIn(outcome.right))
      logger.error('unreadable item skipped', { ...correlation, ...failure });
  } else if (outcome.left.kind === 'unavailable' || outcome.left.kind === 'unreadable')
    logger.error('query failed', { ...correlation, ...outcome.left });
  else logger.info('query refused', { ...correlation, kind: outcome.left.kind });
};

const unreadableIn = (answer: Answer): readonly StoreFailure[] => {
  switch (answer.kind) {
    case 'page':
      return answer.page.unreadable;
    case 'history':
      return answer.history.unreadable;
  }
};
