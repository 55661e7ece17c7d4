import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import type { EnrichedLead } from '../shared/lead/enriched-lead';
import { actAfterFailure, type AfterFailurePorts } from './act-after-failure';
import { decideAfterFailure } from './after-failure';
import type { Fault } from './fault';
import { gatherLead, type GatherPorts } from './gather-lead';
import { noteRetry, type NoteRetryPorts } from './note-retry';
import { notifyLead, type NotifyPorts } from './notify-lead';
import type { Delivery, Enriched, EnrichFailure } from './outcome';
import { refreshLead, type RefreshPorts } from './refresh-lead';

export type EnrichPorts = NoteRetryPorts &
  GatherPorts &
  NotifyPorts &
  RefreshPorts &
  AfterFailurePorts &
  Readonly<{
    /** How often the queue delivers a message before it becomes a dead letter. */
    maxReceives: number;
  }>;

/**
 * Enriches a lead event with its owner and mails it once. The event's record decides its source, id and times. The
 * claim comes before every effect that others can see. All effects after it can be repeated without harm, except the
 * mail. A second mail is possible only if SES accepted the first one and the mark after it was not stored.
 */
export const enrichLead =
  (ports: EnrichPorts) =>
  (delivery: Delivery): TE.TaskEither<EnrichFailure, Enriched> =>
    pipe(
      noteRetry(ports)(delivery),
      TE.flatMap(() => gatherLead(ports)(delivery.message)),
      TE.flatMap((enriched) => deliverLead(ports)(delivery, enriched)),
      TE.orElse((fault) =>
        actAfterFailure(ports)(delivery, fault, decideAfterFailure(delivery, fault, ports.maxReceives)),
      ),
    );

const deliverLead =
  (ports: EnrichPorts) =>
  ({ message, attempt }: Delivery, enriched: EnrichedLead): TE.TaskEither<Fault, Enriched> =>
    pipe(
      message.intent === 'refresh' ? refreshLead(ports)(enriched) : notifyLead(ports)(attempt, enriched),
      TE.mapLeft((fault) => ({ ...fault, record: enriched.record })),
    );
