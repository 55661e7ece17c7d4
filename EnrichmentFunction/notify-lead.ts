import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import type { EnrichedLead } from '../shared/lead/enriched-lead';
import { type Attempt } from '../shared/ports/attempt';
import { type Claim, type ClaimEvent, maxMails } from '../shared/ports/claim-event';
import type { RecordedFacts } from '../shared/stored/recorded-facts';
import { type Fault, storeFault } from './fault';
import { byRecord } from './identify';
import { mailLead, type MailPorts } from './mail-lead';
import type { Enriched } from './outcome';
import { storeLead, type StorePorts } from './store-lead';

export type NotifyPorts = StorePorts & MailPorts & Readonly<{ claimEvent: ClaimEvent }>;

/** Claims an event, stores its lead and mails it. Only the worker that gets the claim stores and mails. */
export const notifyLead =
  (ports: NotifyPorts) =>
  (attempt: Attempt, enriched: EnrichedLead): TE.TaskEither<Fault, Enriched> =>
    pipe(
      ports.claimEvent(enriched.record, attempt),
      TE.mapLeft(storeFault),
      TE.flatMap((claim) => afterClaim(ports)(attempt, enriched, claim)),
    );

const afterClaim =
  (ports: NotifyPorts) =>
  (attempt: Attempt, enriched: EnrichedLead, claim: Claim): TE.TaskEither<Fault, Enriched> => {
    switch (claim.kind) {
      case 'claimed':
        return storeAndMail(ports)(attempt, enriched, claim);
      case 'already-notified':
      case 'discarded':
        return TE.right({ kind: claim.kind, record: enriched.record });
      case 'held-by-another':
        return TE.left({ reason: claim.kind, detail: '', heldUntil: claim.leaseUntil });
      case 'mail-limit-reached':
        return TE.left({ reason: 'mail-unconfirmed', detail: `${maxMails} mails may have been sent`, isFinal: true });
    }
  };

const storeAndMail =
  (ports: NotifyPorts) =>
  (
    attempt: Attempt,
    { record: read, owner }: EnrichedLead,
    { known, leaseUntil }: Extract<Claim, { kind: 'claimed' }>,
  ): TE.TaskEither<Fault, Enriched> =>
    pipe(
      TE.fromEither(byRecord(read, known)),
      TE.map((record): EnrichedLead => ({ record, owner })),
      TE.tap(storeLead(ports)),
      TE.tap((enriched) => mailLead(ports)(enriched, attempt, leaseUntil)),
      TE.map(({ record }) => ({ kind: 'notified', record, ...dueOf(known) })),
    );

/** How late the mail of an event is that an operator redrove or replayed says nothing about the pipeline. */
const dueOf = ({ due_at, redriven_at, replayed_at }: RecordedFacts): Readonly<{ dueAt?: string }> =>
  due_at === undefined || redriven_at !== undefined || replayed_at !== undefined ? {} : { dueAt: due_at };
