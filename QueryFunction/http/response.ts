import type { APIGatewayProxyResult } from 'aws-lambda';
import { json, problem, retryLater } from '../../shared/lambda/http-response';
import type { EventItem } from '../../shared/stored/event-item';
import { eventTimeline } from '../../shared/stored/event-timeline';
import { namespaceOf } from '../../shared/lead/lead-namespace';
import type { FoundLead } from '../../shared/ports/lead-search';
import type { StoreFailure } from '../../shared/ports/store-failure';
import type { Answer } from '../answer-question';
import type { QueryRefusal } from './refusal';

/** A page of leads, or the history of a lead. An absent value is `null`. */
export const toResponse = (answer: Answer): APIGatewayProxyResult => {
  switch (answer.kind) {
    case 'page': {
      const { leads, next } = answer.page;
      return json(200, { leads: leads.map(leadView), next: next ?? null });
    }
    case 'history': {
      const { leads, events, next, unreadable } = answer.history;
      const views = leads.map(leadView);
      return json(200, {
        lead: views[0] ?? null,
        leads: views.map(withoutOwner),
        events: events.map(eventView),
        next: next ?? null,
        unreadable: unreadable.flatMap(unreadableView),
      });
    }
  }
};

/** Without the owner's file, which may be large: one id may have as many leads as there are sources. */
const withoutOwner = (view: ReturnType<typeof leadView>) => ({ ...view, owner: undefined });

const leadView = ({ lead, event }: FoundLead) => ({
  lead_id: lead.lead_id,
  namespace: lead.namespace,
  display_name: lead.display_name ?? null,
  email: lead.email,
  status: lead.status ?? null,
  owner: lead.owner ?? null,
  source: lead.source,
  event_id: lead.event_id,
  state: event?.state ?? null,
  reason: event?.state === 'NOTIFIED' ? null : (event?.reason ?? null),
  received_at: event?.received_at ?? null,
  updated_at: lead.updated_at,
});

/** An invalid item, by its sort key, and its problems without values. An operator has to correct it. */
const unreadableView = (failure: StoreFailure) =>
  failure.kind === 'unreadable' ? [{ item: failure.item?.sk ?? null, problems: failure.paths }] : [];

const eventView = (event: EventItem) => ({
  event_id: event.event_id,
  namespace: namespaceOf(event),
  source: event.source,
  state: event.state,
  s3_key: event.s3_key,
  attempts: event.attempts ?? 0,
  occurred_at: event.event_time,
  due_at: event.due_at ?? null,
  correlation_id: event.correlation_id ?? null,
  reason: event.state === 'NOTIFIED' ? null : (event.reason ?? null),
  timeline: eventTimeline(event),
});

/** 4xx if the query must be changed, 5xx for a server error. */
export const toProblem = (refusal: QueryRefusal): APIGatewayProxyResult => {
  switch (refusal.kind) {
    case 'bad-query':
      return problem(
        400,
        'bad-query',
        {
          title: 'Invalid query parameters.',
          detail: 'Correct the parameters listed in `errors` and resend the request.',
        },
        { errors: refusal.errors },
      );
    case 'bad-cursor':
      return problem(400, 'bad-cursor', {
        title: 'The cursor is not valid for this search.',
        detail: 'Pass `next` unchanged from the previous page, with the parameters of the same search.',
      });
    case 'no-such-lead':
      return problem(404, 'no-such-lead', {
        title: 'No such lead.',
        detail: 'Check the lead_id. Ids are case-sensitive.',
      });
    case 'unavailable':
      return problem(
        503,
        'unavailable',
        { title: 'The leads could not be read.', detail: 'Retry the same request later.' },
        {},
        retryLater,
      );
    case 'unreadable':
      return problem(500, 'unreadable', {
        title: 'Stored data could not be read.',
        detail: 'Report the error to the operator. The log names the record.',
      });
  }
};
