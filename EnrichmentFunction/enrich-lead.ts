import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as T from 'fp-ts/Task';
import * as TE from 'fp-ts/TaskEither';
import { inParallel, withAhead } from '../shared/in-parallel';
import type {
  Attempt,
  Claim,
  ClaimEvent,
  EventRef,
  FailedAttempt,
  MarkNotified,
  Postpone,
  RecordFailure,
} from '../shared/lead/claim';
import type { EnrichedLead } from '../shared/lead/enriched-lead';
import type { FailureReason } from '../shared/lead/failure-reason';
import type { LeadId } from '../shared/lead/lead-id';
import type { Owner } from '../shared/lead/owner';
import type { MailFailure } from '../shared/lead/mail';
import type { QueueMessage } from '../shared/lead/queue-message';
import type { RawKey } from '../shared/lead/raw-key';
import type { ReadFailure } from '../shared/lead/read-failure';
import type { RecordedEvent } from '../shared/lead/recorded-event';
import type { StoreFailure } from '../shared/lead/store-failure';

type Step = (enriched: EnrichedLead) => TE.TaskEither<StoreFailure, void>;

export type EnrichPorts = Readonly<{
  readRaw: (key: RawKey) => TE.TaskEither<ReadFailure, RecordedEvent>;
  readOwner: (leadId: LeadId) => TE.TaskEither<ReadFailure, Owner>;
  claimEvent: ClaimEvent;
  storeEnriched: Step;
  /** Leaves a lead alone that a newer event has written. */
  saveEnrichedLead: Step;
  /** Tries once: a second try of its own could be a second mail. */
  sendMail: (enriched: EnrichedLead) => TE.TaskEither<MailFailure, void>;
  markNotified: MarkNotified;
  recordFailure: RecordFailure;
  postpone: Postpone;
  /** How often the queue hands out a message before it goes to the dead-letter queue. */
  maxReceives: number;
}>;

export type Delivery = Readonly<{ message: QueueMessage; attempt: Attempt }>;

export type Enriched = Readonly<{
  kind: 'notified' | 'already-notified' | 'discarded' | 'refreshed';
  record: RecordedEvent;
}>;

export type EnrichFailure = FailedAttempt & Readonly<{ event: EventRef | undefined }>;

/** What went wrong, before it is known what comes next. */
type Fault = Readonly<{ reason: FailureReason; detail: string; heldUntil?: Date; record?: RecordedEvent }>;

/**
 * Enriches a lead event with its owner and mails it, once. The claim comes before everything that shows outside; what
 * comes after it can be done again without harm, but for the mail. A second mail is possible only where SES took the first
 * and the mark did not land.
 */
export const enrichLead =
  (ports: EnrichPorts) =>
  (delivery: Delivery): TE.TaskEither<EnrichFailure, Enriched> =>
    pipe(
      gather(ports)(delivery.message),
      TE.flatMap((enriched) =>
        pipe(
          delivery.message.intent === 'refresh'
            ? store(ports)(enriched, 'refreshed')
            : notify(ports)(delivery, enriched),
          TE.mapLeft((fault): Fault => ({ ...fault, record: enriched.record })),
        ),
      ),
      TE.orElse((fault) => keepReason(ports)(delivery, fault)),
    );

/** The raw payload says which lead it is; a message that says so too saves the time of one read. */
const gather =
  ({ readRaw, readOwner }: EnrichPorts) =>
  ({ s3_key, lead_id }: QueueMessage): TE.TaskEither<Fault, EnrichedLead> => {
    const ownerOf = (leadId: LeadId) => pipe(readOwner(leadId), TE.mapLeft(readFault('owner')));
    const withOwner = (ownerAhead?: TE.TaskEither<Fault, Owner>): TE.TaskEither<Fault, EnrichedLead> =>
      pipe(
        readRaw(s3_key),
        TE.mapLeft(readFault('raw')),
        TE.flatMap((record) =>
          pipe(
            ownerAhead !== undefined && record.event.lead_id === lead_id ? ownerAhead : ownerOf(record.event.lead_id),
            TE.bimap(
              (fault): Fault => ({ ...fault, record }),
              (owner) => ({ record, owner }),
            ),
          ),
        ),
      );
    return lead_id === undefined ? withOwner() : withAhead(() => ownerOf(lead_id)(), withOwner);
  };

const notify =
  (ports: EnrichPorts) =>
  ({ attempt }: Delivery, enriched: EnrichedLead): TE.TaskEither<Fault, Enriched> =>
    pipe(
      ports.claimEvent(enriched.record, attempt),
      TE.mapLeft(storeFault),
      TE.flatMap((claim: Claim) => {
        switch (claim.kind) {
          case 'claimed':
            return pipe(
              store(ports)(enriched, 'notified'),
              TE.tap(() => mail(ports)(enriched, claim.leaseUntil)),
            );
          case 'already-notified':
          case 'discarded':
            return TE.right({ kind: claim.kind, record: enriched.record });
          case 'held-by-another':
            return TE.left<Fault>({ reason: claim.kind, detail: '', heldUntil: claim.leaseUntil });
        }
      }),
    );

const store =
  ({ storeEnriched, saveEnrichedLead }: EnrichPorts) =>
  (enriched: EnrichedLead, kind: Enriched['kind']): TE.TaskEither<Fault, Enriched> =>
    pipe(
      [storeEnriched, saveEnrichedLead].map((step) => () => step(enriched)()),
      inParallel,
      T.map(E.sequenceArray),
      TE.bimap(storeFault, () => ({ kind, record: enriched.record })),
    );

const mail =
  ({ sendMail, markNotified }: EnrichPorts) =>
  (enriched: EnrichedLead, leaseUntil: Date): TE.TaskEither<Fault, void> =>
    pipe(
      sendMail(enriched),
      TE.mapLeft(({ kind, detail }): Fault =>
        kind === 'refused'
          ? { reason: 'mail-refused', detail }
          : { reason: 'mail-unconfirmed', detail, heldUntil: leaseUntil },
      ),
      TE.flatMap(() =>
        pipe(
          markNotified(refOf(enriched.record)),
          // SES took it, so whoever is asked to send it again must know what that means.
          TE.mapLeft((failure): Fault => ({
            reason: 'mail-unconfirmed',
            detail: storeFault(failure).detail,
            heldUntil: leaseUntil,
          })),
        ),
      ),
    );

/** The attempt fails whether or not its reason could be kept, and the message put off. */
const keepReason =
  ({ recordFailure, postpone, maxReceives }: EnrichPorts) =>
  (
    { message, attempt }: Delivery,
    { reason, detail, heldUntil, record }: Fault,
  ): TE.TaskEither<EnrichFailure, Enriched> => {
    const event = record === undefined ? refIn(message) : refOf(record);
    const next = attempt.receiveCount >= maxReceives ? 'give-up' : heldUntil === undefined ? 'retry' : 'hold';
    const failure: EnrichFailure = { reason, detail, next, event };
    // A refresh that fails says nothing about the event: its lead may be mailed long since, or not be due yet.
    const isTold = reason !== 'held-by-another' && message.intent !== 'refresh';
    const steps: readonly TE.TaskEither<StoreFailure, void>[] = [
      ...(event === undefined || !isTold ? [] : [() => recordFailure(event, attempt, failure, record)()]),
      ...(heldUntil === undefined ? [] : [() => postpone(attempt, heldUntil)()]),
    ];
    return pipe(
      inParallel(steps),
      T.map(() => E.left(failure)),
    );
  };

const refOf = ({ event, eventId }: RecordedEvent): EventRef => ({ leadId: event.lead_id, eventId });

const refIn = ({ lead_id, event_id }: QueueMessage): EventRef | undefined =>
  lead_id === undefined || event_id === undefined ? undefined : { leadId: lead_id, eventId: event_id };

const readFault =
  (what: 'raw' | 'owner') =>
  (failure: ReadFailure): Fault => {
    switch (failure.kind) {
      case 'missing':
        return { reason: `${what}-missing`, detail: '' };
      case 'unreadable':
        return { reason: `${what}-unreadable`, detail: failure.paths.join(', ') };
      case 'unavailable':
        return storeFault(failure);
    }
  };

const storeFault = (failure: StoreFailure): Fault => {
  switch (failure.kind) {
    case 'unavailable':
      return { reason: 'store-unavailable', detail: `${failure.store}: ${failure.cause}` };
    case 'unreadable':
      return { reason: 'store-unreadable', detail: `${failure.store}: ${failure.paths.join(', ')}` };
  }
};
