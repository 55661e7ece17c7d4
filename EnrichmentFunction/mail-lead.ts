import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import type { EnrichedLead } from '../shared/lead/enriched-lead';
import { recordRef } from '../shared/lead/event-ref';
import type { Attempt } from '../shared/ports/attempt';
import type { MarkNotified } from '../shared/ports/mark-notified';
import type { MailFailure } from '../shared/ports/mail';
import { type Fault, storeFault } from './fault';

export type MailPorts = Readonly<{
  /**
   * Sends the mail about a lead, and waits at most `timeoutMs` milliseconds for the answer. It does not retry a mail
   * that SES may have accepted, because a retry could be a second mail.
   */
  sendMail: (enriched: EnrichedLead, timeoutMs: number) => TE.TaskEither<MailFailure, void>;
  markNotified: MarkNotified;
  /** How long an event with an unconfirmed mail is held after its lease, in milliseconds. */
  unconfirmedPauseMs: number;
}>;

/**
 * The time that a worker reserves for the mark after the mail, in milliseconds: two tries of 4 s (`clientSettings`) and
 * the pause between them. SES gets all the time before that: a mail whose answer is late was sent, and a worker that
 * does not wait for the answer would send it again.
 */
const markMs = 9_000;

/** With less time than this, in milliseconds, no mail is begun, because SES would hardly answer in time. */
const leastMailMs = 2_000;

/** Mails a lead, then marks its event NOTIFIED. */
export const mailLead =
  (ports: MailPorts) =>
  (enriched: EnrichedLead, attempt: Attempt, leaseUntil: Date): TE.TaskEither<Fault, void> => {
    // A long pause: a failure of SES seldom ends within a lease, and each retry may be a mail.
    const heldUntil = new Date(leaseUntil.getTime() + ports.unconfirmedPauseMs);
    const unconfirmed = (detail: string): Fault => ({ reason: 'mail-unconfirmed', detail, heldUntil });
    return pipe(
      timeForMail(attempt),
      TE.flatMap((timeoutMs) => send(ports, enriched, timeoutMs, unconfirmed)),
      TE.flatMap(() => mark(ports, enriched, unconfirmed)),
    );
  };

const timeForMail = (attempt: Attempt): TE.TaskEither<Fault, number> =>
  pipe(
    TE.fromIO(() => attempt.remainingMs() - markMs),
    TE.filterOrElse(
      (timeoutMs) => timeoutMs >= leastMailMs,
      (): Fault => ({ reason: 'store-unavailable', detail: 'no time left for the mail' }),
    ),
  );

type Unconfirmed = (detail: string) => Fault;

const send = (
  { sendMail }: MailPorts,
  enriched: EnrichedLead,
  timeoutMs: number,
  unconfirmed: Unconfirmed,
): TE.TaskEither<Fault, void> =>
  pipe(
    sendMail(enriched, timeoutMs),
    TE.mapLeft(({ kind, detail }) => (kind === 'refused' ? { reason: 'mail-refused', detail } : unconfirmed(detail))),
  );

/** If the mark is not stored, the mail is reported as unconfirmed: a resend would be a second mail. */
const mark = (
  { markNotified }: MailPorts,
  { record }: EnrichedLead,
  unconfirmed: Unconfirmed,
): TE.TaskEither<Fault, void> =>
  pipe(
    markNotified(recordRef(record)),
    TE.mapLeft((failure) => unconfirmed(storeFault(failure).detail)),
  );
