import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { problem } from './http-response';
import { logger } from './logger';
import { nameAndPlace } from './name-and-place';

/** Answers one request of API Gateway. */
export type HttpHandler = (event: APIGatewayProxyEvent) => Promise<APIGatewayProxyResult>;

/**
 * Answers a request with a 500 problem document if the handler throws or rejects, because API Gateway would answer a
 * bare 502. Logs where the error was thrown, without its message: the message may quote the request.
 */
export const withErrorAnswer =
  (handler: HttpHandler): HttpHandler =>
  async (event) => {
    try {
      return await handler(event);
    } catch (error) {
      logger.error('unhandled error', {
        correlation_id: event.requestContext.requestId,
        ...nameAndPlace(error),
      });
      return problem(500, 'internal', {
        title: 'Internal error.',
        detail: 'Retry the same request later. If the error persists, report it to the operator.',
      });
    }
  };
