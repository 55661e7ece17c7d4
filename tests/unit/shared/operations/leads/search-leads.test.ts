import * as E from 'fp-ts/Either';
import type { LeadPorts } from '../../../../../shared/operations/leads/lead-ports';
import { searchLeads } from '../../../../../shared/operations/leads/search-leads';
import type { EventItem } from '../../../../../shared/stored/event-item';
import { arbitraryEvent } from '../../../../support/arbitrary-event';
import { leadDouble, leadOf } from '../../../console/server/lead-double';

const period = { during: 'mailed', from: '2026-01-31T12:00:00.000Z', to: '2026-01-31T13:00:00.000Z' } as const;

/** Leads of which the model found one state, and the table has a newer one. */
const leads = (inModel: EventItem, inTable: EventItem): LeadPorts => ({
  ...leadDouble([{ event: inTable, lead: leadOf(inTable) }]),
  findEvents: leadDouble([{ event: inModel }]).findEvents,
});

const found = async (ports: LeadPorts, question: object) => {
  const page = await searchLeads(ports, { limit: 10, ...question });
  return E.isRight(page) ? page.right.rows.map(({ event }) => event?.notified_at) : page.left;
};

const mailed = arbitraryEvent({ state: 'NOTIFIED', notified_at: '2026-01-31T12:10:00.000Z' });

test('an event that was mailed again since the model read it is not found in the period of its earlier mail', async () => {
  const again = { ...mailed, notified_at: '2026-01-31T13:00:00.000Z' } as EventItem;
  expect(await found(leads(mailed, mailed), { period })).toStrictEqual(['2026-01-31T12:10:00.000Z']);
  expect(await found(leads(mailed, again), { period })).toStrictEqual([]);
});

test('an event that has another state since the model read it is not found by its earlier state', async () => {
  const waiting = arbitraryEvent({ lead_id: mailed.lead_id, event_id: mailed.event_id });
  expect(await found(leads(waiting, waiting), { state: 'RECEIVED' })).toHaveLength(1);
  expect(await found(leads(waiting, mailed), { state: 'RECEIVED' })).toStrictEqual([]);
});
