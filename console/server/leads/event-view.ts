import { eventActions } from '../../../shared/operations/leads/event-actions';
import { nextStep } from '../../../shared/operations/views/next-step';
import { reasonTexts } from '../../../shared/operations/views/reason-text';
import { stepText } from '../../../shared/operations/views/step-text';
import { namespaceOf } from '../../../shared/lead/lead-namespace';
import type { EventItem } from '../../../shared/stored/event-item';
import { eventTimeline } from '../../../shared/stored/event-timeline';
import type { LeadEventView, LeadFailure } from '../../api/lead';

/** An event as the page shows it. It has no personal data. */
export const eventView = (event: EventItem, now: Date): LeadEventView => ({
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
  attempts: event.attempts ?? null,
  correlation_id: event.correlation_id ?? null,
  failure: failureOf(event),
  refresh_asked_at: event.refresh_asked_at ?? null,
  warnings: event.warnings ?? [],
  discard_reason: event.discard_reason ?? null,
  timeline: eventTimeline(event).map((step) => ({
    at: step.at,
    what: step.what,
    says: stepText(step),
    reason: step.reason ?? null,
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

const failureOf = (event: EventItem): LeadFailure | null => {
  const { reason, reason_detail } = event;
  if (reason === undefined || event.state === 'NOTIFIED') return null;
  const { title, why, fix } = reasonTexts[reason];
  return { reason, detail: reason_detail ?? null, title, why, fix };
};

const nextOf = (event: EventItem, now: Date): LeadEventView['next'] => {
  const next = nextStep(event, now);
  return next === undefined ? null : { says: next.says, at: next.at ?? null };
};
