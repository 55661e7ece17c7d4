import '../shared/lambda/json-lines';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import { clientSettings } from '../shared/aws/clients';
import { configuration } from '../shared/lambda/configuration';
import { withErrorAnswer } from '../shared/lambda/http-handler';
import { logger, withInvocation } from '../shared/lambda/logger';
import { answer } from './answer-question';
import { queryPorts, querySettings } from './compose';
import { toQuestion } from './http/request';
import { toProblem, toResponse } from './http/response';

const ask = answer(queryPorts(new DynamoDBClient(clientSettings), configuration(querySettings)));

const respond = withErrorAnswer(async (event: APIGatewayProxyEvent): Promise<APIGatewayProxyResult> => {
  const outcome = await pipe(TE.fromEither(toQuestion(event)), TE.flatMap(ask))();
  const correlation = { correlation_id: event.requestContext.requestId };
  if (E.isRight(outcome)) {
    logger.info('query answered', { ...correlation, kind: outcome.right.kind });
    const unreadable = outcome.right.kind === 'page' ? outcome.right.page.unreadable : outcome.right.history.unreadable;
    for (const failure of unreadable) logger.error('left out of an answer', { ...correlation, ...failure });
  } else if (outcome.left.kind === 'unavailable' || outcome.left.kind === 'unreadable')
    logger.error('query not answered', { ...correlation, ...outcome.left });
  else logger.info('query refused', { ...correlation, kind: outcome.left.kind });
  return pipe(outcome, E.match(toProblem, toResponse));
});

export const handler = withInvocation(respond);
