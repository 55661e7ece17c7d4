import type { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import * as TE from 'fp-ts/TaskEither';
import { pipe } from 'fp-ts/function';
import { clientSettings } from '../../../shared/aws/clients';
import { claimEvent } from '../../../shared/aws/claim-event';
import { recordFailure } from '../../../shared/aws/record-failure';
import type { MailFailure } from '../../../shared/ports/mail';
import { factsOf } from '../../../shared/stored/recorded-facts';
import type { Variant } from '../functions';
import { changing, changingClaim, claimedThough, type Command, overClaims, tableOf } from './changes';

/** Lets the claim set `pending_since`, as earlier versions did. */
const movingPending = ({ input }: Command): void => {
  const update = input as UpdateItemCommand['input'];
  update.UpdateExpression = update.UpdateExpression?.replace(
    '#pending_since = if_not_exists(#pending_since, :once_pending_since)',
    '#pending_since = :once_pending_since',
  );
};

/** Broken claims and mails of EnrichmentFunction. */
export const claimsVariants: readonly Variant[] = [
  {
    name: 'no-claim',
    breaks: 'every worker takes the event as its own',
    within: 20,
    enrich: (ports) => ({
      ...ports,
      claimEvent: (record) => TE.right({ kind: 'claimed', leaseUntil: new Date(8.64e15), known: factsOf(record) }),
    }),
  },
  {
    name: 'claim-moves-pending',
    breaks: 'a claim moves its event in the index of pending events, which takes two more write units',
    within: 20,
    enrich: (ports, parts) => ({
      ...ports,
      claimEvent: claimEvent(
        tableOf(parts, changing(parts.clients.dynamodb, movingPending)),
        parts.settings.leaseSkewSeconds * 1_000,
      ),
    }),
  },
  {
    name: 'short-lease',
    breaks: 'the lease may end while its worker still sends',
    within: 100,
    enrich: (ports, { settings }) => ({
      ...ports,
      claimEvent: (record, attempt) =>
        ports.claimEvent(record, { ...attempt, remainingMs: () => 1_000 - settings.leaseSkewSeconds * 1_000 }),
    }),
  },
  {
    name: 'loser-acknowledges',
    breaks: 'a worker that finds the event held acknowledges its message',
    within: 50,
    enrich: (ports) => ({
      ...ports,
      claimEvent: changingClaim(ports.claimEvent, (claim) =>
        claim.kind === 'held-by-another' ? { kind: 'already-notified' } : claim,
      ),
    }),
  },
  {
    name: 'notified-mailed-again',
    breaks: 'a worker that finds the event NOTIFIED mails it again',
    within: 30,
    enrich: (ports) => ({ ...ports, claimEvent: claimedThough(ports.claimEvent, 'already-notified') }),
  },
  {
    name: 'mark-before-send',
    breaks: 'the event is NOTIFIED before its mail is out',
    within: 20,
    enrich: (ports) => ({
      ...ports,
      sendMail: (enriched, timeoutMs) =>
        pipe(
          ports.markNotified({ leadId: enriched.record.event.lead_id, eventId: enriched.record.eventId }),
          TE.mapLeft((): MailFailure => ({ kind: 'refused', detail: '' })),
          TE.flatMap(() => ports.sendMail(enriched, timeoutMs)),
        ),
      markNotified: () => TE.right(undefined),
    }),
  },
  {
    name: 'ses-retried-by-sdk',
    breaks: 'the SDK sends the mail again if SES does not answer',
    within: 1_000,
    ses: clientSettings,
  },
  {
    name: 'released-after-unconfirmed-mail',
    breaks: 'a claim is released although its mail may still go out',
    within: 800,
    enrich: (ports) => ({
      ...ports,
      recordFailure: (event, attempt, failed, record) =>
        ports.recordFailure(event, attempt, failed.next === 'hold' ? { ...failed, next: 'retry' } : failed, record),
    }),
  },
  {
    name: 'server-error-is-refusal',
    breaks: 'a 5xx of SES counts as a refusal, although the mail may be out',
    within: 800,
    enrich: (ports) => ({
      ...ports,
      sendMail: (enriched, timeoutMs) =>
        pipe(
          ports.sendMail(enriched, timeoutMs),
          TE.mapLeft((failure) => (failure.detail === 'InternalFailure' ? { ...failure, kind: 'refused' } : failure)),
        ),
    }),
  },
  {
    name: 'failure-over-live-claim',
    breaks: 'a failure is recorded over the claim of another worker',
    within: 300,
    enrich: (ports, parts) => ({
      ...ports,
      recordFailure: recordFailure(tableOf(parts, changing(parts.clients.dynamodb, overClaims))),
    }),
  },
];
