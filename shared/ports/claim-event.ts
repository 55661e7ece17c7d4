import type { TaskEither } from 'fp-ts/TaskEither';
import type { RecordedEvent } from '../lead/recorded-event';
import type { RecordedFacts } from '../stored/recorded-facts';
import type { Attempt } from './attempt';
import type { StoreFailure } from './store-failure';

/**
 * How many mails of one event may be sent without an operator. A mail may have been sent if SES did not confirm it, or
 * if a worker was lost after its claim, so that each such claim counts.
 */
export const maxMails = 3;

export type Claim =
  /** This attempt holds the event until `leaseUntil`. `known`: what the item says about its event. */
  | { readonly kind: 'claimed'; readonly leaseUntil: Date; readonly known: RecordedFacts }
  | { readonly kind: 'already-notified' }
  | { readonly kind: 'discarded' }
  /** `maxMails` unconfirmed mails may have been sent. An operator decides whether another one is sent. */
  | { readonly kind: 'mail-limit-reached' }
  | { readonly kind: 'held-by-another'; readonly leaseUntil: Date };

/**
 * Claims an event, so that one worker at a time notifies about it. An event can be claimed if it is RECEIVED or FAILED,
 * if its claim has an expired lease, or if it has no record, because a person put its raw object into the bucket.
 */
export type ClaimEvent = (record: RecordedEvent, attempt: Attempt) => TaskEither<StoreFailure, Claim>;
