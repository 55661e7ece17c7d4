import '../shared/lambda/json-lines';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import { dynamodbSettings } from '../shared/aws/clients';
import { configuration } from '../shared/lambda/configuration';
import { withErrorAnswer } from '../shared/lambda/http-handler';
import { withMetrics } from '../shared/lambda/metrics';
import { answer } from './answer-question';
import { queryPorts, querySettings } from './compose';
import { withCors } from './http/cors';
import { toQuestion } from './http/request';
import { toProblem, toResponse } from './http/response';
import { logOutcome } from './observe';

const settings = configuration(querySettings);
const ask = answer(queryPorts(new DynamoDBClient(dynamodbSettings), settings));

const respond = withErrorAnswer(async (event: APIGatewayProxyEvent): Promise<APIGatewayProxyResult> => {
  const outcome = await pipe(TE.fromEither(toQuestion(event)), TE.flatMap(ask))();
  logOutcome(event.requestContext.requestId, outcome);
  return pipe(outcome, E.match(toProblem, toResponse));
});

export const handler = withMetrics(withCors(settings.CORS_ALLOWED_ORIGIN)(respond));
