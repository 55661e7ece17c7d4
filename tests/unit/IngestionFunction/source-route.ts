import type { APIGatewayProxyResult } from 'aws-lambda';
import * as TE from 'fp-ts/TaskEither';
import { answerRequest } from '../../../IngestionFunction/compose';
import type { ReceivePorts } from '../../../IngestionFunction/receive-lead';
import { logger } from '../../../shared/lambda/logger';
import type { RecordedEvent } from '../../../shared/lead/recorded-event';
import type { QuarantinedRequest } from '../../../shared/ports/quarantine';
import type { SentRequest } from '../../../shared/sources/sent-request';
import { ingestionSettingsFor } from '../../support/ingestion-settings';
import { sourcesOf } from '../../support/sources-of';
import { acceptingPorts } from './receiving';
import { eventOf } from './webhook-request';

export { requestTo } from './webhook-request';

/** The deployed function with these sources, and what it keeps. Its log is silent. */
export const withSources = (
  entries: Readonly<Record<string, unknown>>,
  broken: Partial<ReceivePorts> = {},
  publicBaseUrl = '',
) => {
  logger.setLogLevel('SILENT');
  let current = entries;
  let time = Date.parse('2026-01-31T12:00:00Z');
  const quarantined: QuarantinedRequest[] = [];
  const { ports, records } = acceptingPorts({
    readSources: () => TE.right(sourcesOf(current)),
    now: () => new Date(time),
    quarantine: (request) => TE.fromIO(() => (quarantined.push(request), 'new')),
    ...broken,
  });
  const answer = answerRequest(ports, ingestionSettingsFor({ PUBLIC_BASE_URL: publicBaseUrl }));
  return {
    records: records as readonly RecordedEvent[],
    quarantined: quarantined as readonly QuarantinedRequest[],
    now: () => new Date(time),
    pass: (ms: number) => (time += ms),
    become: (sources: Readonly<Record<string, unknown>>) => (current = sources),
    send: async (sourceId: string, request: SentRequest, more: object = {}) =>
      answered(await answer(eventOf(sourceId, request, more))),
  };
};

const answered = ({ statusCode, body, headers = {} }: APIGatewayProxyResult) => ({
  status: statusCode,
  headers,
  text: body,
  body: (body.startsWith('{') ? JSON.parse(body) : {}) as Readonly<Record<string, unknown>>,
});
