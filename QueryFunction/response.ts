import type { APIGatewayProxyResult } from 'aws-lambda';
import { json, problem } from '../shared/http-response';
import type { EventItem } from '../shared/lead/event-item';
import { eventTimeline } from '../shared/lead/event-timeline';
import type { FoundLead } from '../shared/lead/lead-search';
import type { Answer } from './answer';
import type { QueryRefusal } from './refusal';

export const toResponse = (answer: Answer): APIGatewayProxyResult => {
  switch (answer.kind) {
    case 'page': {
      const { leads, next } = answer.page;
      return json(200, { leads: leads.map(leadView), next: next ?? null });
    }
    case 'history': {
      const { lead, events } = answer.history;
      const newest = events.find(({ event_id }) => event_id === lead?.event_id);
      return json(200, {
        lead: lead === undefined ? null : leadView({ lead, event: newest }),
        events: events.map(eventView),
      });
    }
  }
};

const leadView = ({ lead, event }: FoundLead) => ({
  lead_id: lead.lead_id,
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

const eventView = (event: EventItem) => ({
  event_id: event.event_id,
  source: event.source,
  state: event.state,
  s3_key: event.s3_key,
  attempts: event.attempts ?? 0,
  occurred_at: event.event_time,
  due_at: event.due_at ?? null,
  reason: event.state === 'NOTIFIED' ? null : (event.reason ?? null),
  timeline: eventTimeline(event),
});

export const toProblem = (refusal: QueryRefusal): APIGatewayProxyResult => {
  switch (refusal.kind) {
    case 'bad-query':
      return problem(
        400,
        'bad-query',
        {
          title: 'The query is not one of ours.',
          detail: 'Ask GET /leads?email=, ?owner= or ?status=, with limit and next if you like.',
        },
        { errors: refusal.errors },
      );
    case 'bad-cursor':
      return problem(400, 'bad-cursor', {
        title: 'The cursor does not belong to this search.',
        detail: 'Pass next as it came with the page before, with the same search.',
      });
    case 'no-such-lead':
      return problem(404, 'no-such-lead', {
        title: 'There is no such lead.',
        detail: 'Check the lead_id; ids are compared letter by letter.',
      });
    case 'unavailable':
      return problem(503, 'unavailable', { title: 'The leads could not be read.', detail: 'Ask again in a while.' });
    case 'unreadable':
      return problem(500, 'unreadable', {
        title: 'A stored record could not be read.',
        detail: 'Tell the operator: the log says which one.',
      });
  }
};
