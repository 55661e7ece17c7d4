import { logger } from '../shared/lambda/logger';
import { countMetric } from '../shared/lambda/metrics';
import type { StoreFailure } from '../shared/ports/store-failure';
import type { Silence } from './find-silent';
import type { Reconciled } from './requeue-stuck';

/** Logs and counts what a run did. */
export const logRun = ({ requeued, givenUp, postponed, failed }: Reconciled): void => {
  countMetric('EventsRequeued', requeued.length);
  for (const { lead_id, event_id, state } of requeued) logger.warn('lead requeued', { lead_id, event_id, state });
  if (postponed.length > 0) logger.warn('requeue postponed', { events: postponed.length });
  for (const { lead_id, event_id, state, source } of givenUp) {
    countMetric('LeadFailed', 1, { source, reason: 'worker-lost' });
    logger.error('lead failed', { lead_id, event_id, state });
  }
  // An alarm watches this metric. The run itself succeeds, because it processed the other events.
  if (failed.length > 0) countMetric('EventsNotRequeued', failed.length);
  for (const failure of failed) logger.error('lead not requeued', { ...failure });
};

/** Logs and counts the silent sources. An alarm watches the metric. */
export const logSilence = ({ silent, failed }: Silence): void => {
  for (const { sk: source, last_at } of silent) {
    countMetric('SourceSilent', 1, { source });
    logger.warn('source silent', { source, last_at });
  }
  for (const failure of failed) logUnreadActivity(failure);
};

export const logUnreadActivity = (failure: StoreFailure): void => {
  logger.error('source activity not read', { ...failure });
};
