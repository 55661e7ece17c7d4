import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { problem } from './http-response';
import { logger } from './logger';
import { nameAndPlace } from './name-and-place';

type Handler = (event: APIGatewayProxyEvent) => Promise<APIGatewayProxyResult>;

/** Makes an error of this code an answer like any other: API Gateway would make a bare 502 of it. */
export const answeringErrors =
  (handler: Handler): Handler =>
  async (event) => {
    try {
      return await handler(event);
    } catch (error) {
      logger.error('request met an error of this code', {
        correlation_id: event.requestContext.requestId,
        ...nameAndPlace(error),
      });
      return problem(500, 'internal', {
        title: 'Something went wrong here.',
        detail: 'Send the same request again later, and tell the operator.',
      });
    }
  };
