import * as E from 'fp-ts/Either';
import { identity, pipe } from 'fp-ts/function';
import * as T from 'fp-ts/Task';
import * as TE from 'fp-ts/TaskEither';
import { inParallel, withAhead } from '../shared/tasks/in-parallel';
import type { Attempt } from '../shared/ports/attempt';
import { type Claim, type ClaimEvent, maxMails } from '../shared/ports/claim-event';
import type { FailedAttempt, RecordFailure } from '../shared/ports/record-failure';
import type { MarkNotified } from '../shared/ports/mark-notified';
import type { Postpone } from '../shared/ports/postpone';
import type { Resend } from '../shared/ports/resend';
import type { NoteRetry } from '../shared/ports/note-retry';
import type { EnrichedLead } from '../shared/lead/enriched-lead';
import type { FailureReason } from '../shared/lead/failure-reason';
import type { LeadId } from '../shared/lead/lead-id';
import type { Owner } from '../shared/lead/owner';
import type { MailFailure } from '../shared/ports/mail';
import { eventInMessage, type QueueMessage } from '../shared/stored/queue-message';
import type { RawKey } from '../shared/lead/raw-key';
import type { ReadFailure } from '../shared/ports/read-failure';
import type { RawEvent, RecordedEvent } from '../shared/lead/recorded-event';
import type { FindRecords } from '../shared/ports/find-records';
import type { EndRefresh } from '../shared/ports/refresh';
import { type StoreFailure, unavailable } from '../shared/ports/store-failure';
import { type Fault, readFault, storeFault } from './fault';
import { byRecord, identify } from './identify';
import { type EventRef, recordRef } from '../shared/lead/event-ref';

type Step = (enriched: EnrichedLead) => TE.TaskEither<StoreFailure, void>;

export type EnrichPorts = Readonly<{
  readRaw: (key: RawKey) => TE.TaskEither<ReadFailure, RawEvent>;
  findRecords: FindRecords;
  readOwner: (leadId: LeadId) => TE.TaskEither<ReadFailure, Owner>;
  noteRetry: NoteRetry;
  claimEvent: ClaimEvent;
  storeEnriched: Step;
  /** Leaves a lead alone that a newer event has written. */
  saveEnrichedLead: Step;
  /** Tries once, and waits for the answer so many milliseconds: a second try of its own could be a second mail. */
  sendMail: (enriched: EnrichedLead, timeoutMs: number) => TE.TaskEither<MailFailure, void>;
  markNotified: MarkNotified;
  recordFailure: RecordFailure;
  endRefresh: EndRefresh;
  postpone: Postpone;
  resend: Resend;
  /** How often the queue hands out a message before it goes to the dead-letter queue. */
  maxReceives: number;
  /** How long an event whose mail nobody confirmed is left alone after its lease, in milliseconds. */
  unconfirmedPauseMs: number;
}>;

/**
 * The time that a worker keeps for the mark after the mail, in milliseconds: two tries of 4 s (`clientSettings`) and their
 * pause. SES has all the time before it: a mail whose answer comes late is out, and not to have waited is to send it again.
 */
const markMs = 9_000;

/** With less time than this, in milliseconds, a mail is not begun: SES would hardly answer in time. */
const leastMailMs = 2_000;

export type Delivery = Readonly<{ message: QueueMessage; attempt: Attempt }>;

export type Enriched =
  | Readonly<{ kind: 'notified' | 'already-notified' | 'discarded' | 'refreshed'; record: RecordedEvent }>
  /** A refresh that failed on its last receive. It leaves no dead letter: the record of its event says why. */
  | Readonly<{ kind: 'refresh-failed'; event: EventRef; reason: FailureReason; detail: string }>
  /** Another worker held the event at the last receive of the message, so that the message was sent again as a new one. */
  | Readonly<{ kind: 'resent'; event: EventRef | undefined; heldUntil: Date }>;

export type EnrichFailure = FailedAttempt & Readonly<{ event: EventRef | undefined }>;

/**
 * Enriches a lead event with its owner and mails it, once. The event's record decides its source, id and times.
 * The claim comes before everything that shows outside; what comes after it can be done again without harm, but for the mail. A second mail is possible only where SES took the first
 * and the mark did not land.
 */
export const enrichLead =
  (ports: EnrichPorts) =>
  (delivery: Delivery): TE.TaskEither<EnrichFailure, Enriched> =>
    pipe(
      noteRetry(ports)(delivery),
      TE.flatMap(() => gather(ports)(delivery.message)),
      TE.flatMap((enriched) =>
        pipe(
          delivery.message.intent === 'refresh' ? refresh(ports)(enriched) : notify(ports)(delivery, enriched),
          TE.mapLeft((fault): Fault => ({ ...fault, record: enriched.record })),
        ),
      ),
      TE.orElse((fault) => keepReason(ports)(delivery, fault)),
    );

/**
 * A message that came before may be one that kills its worker. Before anything is read that could do so, the event gets a note:
 * otherwise nothing would tell a message whose workers die from one that nobody receives.
 */
const noteRetry =
  (ports: EnrichPorts) =>
  ({ message, attempt }: Delivery): TE.TaskEither<Fault, void> => {
    const event = eventInMessage(message);
    return attempt.receiveCount < 2 || event === undefined || message.intent === 'refresh'
      ? TE.right(undefined)
      : pipe(
          // An error of this code here fails like a store: without a note or a failure the event would be requeued without end.
          TE.tryCatch(() => ports.noteRetry(event, attempt)(), unavailable('events')),
          TE.flatMapEither(identity),
          TE.mapLeft(storeFault),
        );
  };

/** The raw payload says which lead it is; a message that says so too saves the time of one read. */
const gather =
  (ports: EnrichPorts) =>
  (message: QueueMessage): TE.TaskEither<Fault, EnrichedLead> => {
    const { s3_key, lead_id } = message;
    const ownerOf = (leadId: LeadId) => pipe(ports.readOwner(leadId), TE.mapLeft(readFault('owner')));
    const withOwner = (ownerAhead?: TE.TaskEither<Fault, Owner>): TE.TaskEither<Fault, EnrichedLead> =>
      pipe(
        ports.readRaw(s3_key),
        TE.mapLeft(readFault('raw')),
        TE.flatMap(identify(ports.findRecords)(message)),
        TE.flatMap((record) =>
          pipe(
            ownerAhead ?? ownerOf(record.event.lead_id),
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
              TE.fromEither(byRecord(enriched.record, claim.known)),
              TE.map((record): EnrichedLead => ({ ...enriched, record })),
              TE.flatMap((known) =>
                pipe(
                  store(ports)(known, 'notified'),
                  TE.tap(() => mail(ports)(known, attempt, claim.leaseUntil)),
                ),
              ),
            );
          case 'already-notified':
          case 'discarded':
            return TE.right({ kind: claim.kind, record: enriched.record });
          case 'held-by-another':
            return TE.left<Fault>({ reason: claim.kind, detail: '', heldUntil: claim.leaseUntil });
          case 'mail-limit-reached':
            return TE.left<Fault>({
              reason: 'mail-unconfirmed',
              detail: `${maxMails} mails may be out`,
              isFinal: true,
            });
        }
      }),
    );

const store =
  ({ storeEnriched, saveEnrichedLead }: EnrichPorts) =>
  (enriched: EnrichedLead, kind: 'notified' | 'refreshed'): TE.TaskEither<Fault, Enriched> =>
    pipe(
      [storeEnriched, saveEnrichedLead].map((step) => () => step(enriched)()),
      inParallel,
      T.map(E.sequenceArray),
      TE.bimap(storeFault, () => ({ kind, record: enriched.record })),
    );

const mail =
  ({ sendMail, markNotified, unconfirmedPauseMs }: EnrichPorts) =>
  (enriched: EnrichedLead, attempt: Attempt, leaseUntil: Date): TE.TaskEither<Fault, void> => {
    // Later rather than sooner: what keeps SES from answering seldom ends within a lease, and each try may be a mail.
    const unconfirmed = (detail: string): Fault => ({
      reason: 'mail-unconfirmed',
      detail,
      heldUntil: new Date(leaseUntil.getTime() + unconfirmedPauseMs),
    });
    return pipe(
      TE.fromIO(() => attempt.remainingMs() - markMs),
      TE.filterOrElse(
        (timeoutMs) => timeoutMs >= leastMailMs,
        (): Fault => ({ reason: 'store-unavailable', detail: 'no time left for the mail' }),
      ),
      TE.flatMap((timeoutMs) =>
        pipe(
          sendMail(enriched, timeoutMs),
          TE.mapLeft(({ kind, detail }): Fault =>
            kind === 'refused' ? { reason: 'mail-refused', detail } : unconfirmed(detail),
          ),
        ),
      ),
      TE.flatMap(() =>
        pipe(
          markNotified(recordRef(enriched.record)),
          // SES took it, so an operator who sends it again must know what that means.
          TE.mapLeft((failure) => unconfirmed(storeFault(failure).detail)),
        ),
      ),
    );
  };

/** Enriches again without a claim and without a mail. */
const refresh =
  (ports: EnrichPorts) =>
  (enriched: EnrichedLead): TE.TaskEither<Fault, Enriched> =>
    pipe(
      store(ports)(enriched, 'refreshed'),
      TE.tap(() => pipe(ports.endRefresh(recordRef(enriched.record)), TE.mapLeft(storeFault))),
    );

/**
 * What comes next after a fault: nothing but the message's receives and the fault decide it. A message that found its event held has tried
 * nothing, so its last receive does not make a dead letter of it.
 */
export const nextAfter = (
  { receiveCount }: Attempt,
  { reason, heldUntil, isFinal = false }: Pick<Fault, 'reason' | 'heldUntil' | 'isFinal'>,
  maxReceives: number,
): FailedAttempt['next'] | 'resend' => {
  const isLast = isFinal || receiveCount >= maxReceives;
  if (isLast) return reason === 'held-by-another' ? 'resend' : 'give-up';
  return heldUntil === undefined ? 'retry' : 'hold';
};

/** The attempt fails whether or not its reason could be kept, and the message put off. */
const keepReason =
  ({ recordFailure, endRefresh, postpone, resend, maxReceives }: EnrichPorts) =>
  ({ message, attempt }: Delivery, fault: Fault): TE.TaskEither<EnrichFailure, Enriched> => {
    const { reason, detail, heldUntil, record } = fault;
    const event = record === undefined ? eventInMessage(message) : recordRef(record);
    const decided = nextAfter(attempt, fault, maxReceives);
    const next = decided === 'resend' ? 'give-up' : decided;
    const failure: EnrichFailure = { reason, detail, next, event, ...(heldUntil === undefined ? {} : { heldUntil }) };
    if (decided === 'resend' && heldUntil !== undefined)
      return pipe(
        resend(message, heldUntil),
        TE.bimap(
          () => failure,
          (): Enriched => ({ kind: 'resent', event, heldUntil }),
        ),
      );
    // An operator asks for a refresh again after fixing the reason, which the record keeps. A dead letter of each would only add up.
    if (message.intent === 'refresh' && next === 'give-up' && event !== undefined)
      return pipe(
        endRefresh(event, { reason }),
        TE.bimap(
          () => failure,
          (): Enriched => ({ kind: 'refresh-failed', event, reason, detail }),
        ),
      );
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
