import { eventActions } from '../../../shared/operations/leads/event-actions';
import { attemptsOf } from '../../../shared/operations/views/attempts-of';
import { nextStep } from '../../../shared/operations/views/next-step';
import { reasonTexts } from '../../../shared/operations/views/reason-text';
import { stepText } from '../../../shared/operations/views/step-text';
import { maskAddressesIn } from '../../../shared/codecs/mask-personal';
import { namespaceOf } from '../../../shared/lead/lead-namespace';
import type { EventItem } from '../../../shared/stored/event-item';
import { eventTimeline } from '../../../shared/stored/event-timeline';
import type { LeadEventView, LeadFailure } from '../../api/lead';
import { problemWith } from '../problem-with';

/**
 * An event as the page shows it. Its only personal data are addresses that somebody wrote into a text: the reason of a
 * discard, the cause of a failure, the name that a sender gave a field. They are masked.
 *
 * @param isShown whether they are shown as they are
 */
export const eventView = (event: EventItem, now: Date, isShown: boolean): LeadEventView => {
  const hide = (text: string): string => (isShown ? text : maskAddressesIn(text));
  return viewOf(event, now, hide);
};

const viewOf = (event: EventItem, now: Date, hide: (text: string) => string): LeadEventView => ({
  event_id: event.event_id,
  namespace: namespaceOf(event),
  source: event.source,
  state: event.state,
  s3_key: event.s3_key,
  event_time: event.event_time,
  received_at: event.received_at,
  due_at: event.due_at ?? null,
  claimed_at: event.claimed_at ?? null,
  lease_until: event.state === 'CLAIMED' ? event.lease_until : null,
  notified_at: event.notified_at ?? null,
  failed_at: event.failed_at ?? null,
  attempts: attemptsOf(event),
  correlation_id: event.correlation_id ?? null,
  failure: failureOf(event, hide),
  refresh_asked_at: event.refresh_asked_at ?? null,
  warnings: (event.warnings ?? []).map((warning) => problemWith(hide, warning)),
  discard_reason: event.discard_reason === undefined ? null : hide(event.discard_reason),
  timeline: eventTimeline(event).map((step) => ({
    at: step.at,
    what: step.what,
    says: hide(stepText(step)),
    reason: step.reason === undefined ? null : hide(step.reason),
    by: step.by ?? null,
  })),
  next: nextOf(event, now),
  actions: eventActions(event, now).map(({ name, does, whyNot, isFinal }) => ({
    name,
    does,
    why_not: whyNot ?? null,
    is_final: isFinal,
  })),
});

const failureOf = (event: EventItem, hide: (text: string) => string): LeadFailure | null => {
  const { reason, reason_detail } = event;
  if (reason === undefined || event.state === 'NOTIFIED') return null;
  const { title, why, fix } = reasonTexts[reason];
  return { reason, detail: reason_detail === undefined ? null : hide(reason_detail), title, why, fix };
};

const nextOf = (event: EventItem, now: Date): LeadEventView['next'] => {
  const next = nextStep(event, now);
  return next === undefined ? null : { says: next.says, at: next.at ?? null };
};
