import { leads, type LeadSearch } from '../../../../../console/api/leads';
import { exportRoute, leadsRoutes } from '../../../../../console/server/routes/leads';
import type { LeadPorts } from '../../../../../shared/operations/leads/lead-ports';
import type { Overview } from '../../../../../shared/operations/views/overview';
import { StoreError } from '../../../../../shared/operations/store-error';
import type { LeadId } from '../../../../../shared/lead/lead-id';
import type { EventItem } from '../../../../../shared/stored/event-item';
import { arbitraryEvent } from '../../../../support/arbitrary-event';
import { asking, problemOf } from '../asking';
import { leadDouble, leadOf } from '../lead-double';
import { emptyOverview } from '../ports-double';

const now = () => new Date('2026-11-26T14:32:00.000Z');

const routes = (ports: LeadPorts, overview: Overview = emptyOverview) =>
  asking((respond, app) => {
    leadsRoutes(respond, ports);
    exportRoute(app, { ...ports, overview: () => overview }, problemOf, now);
  });

const many = (count: number) =>
  Array.from({ length: count }, () => {
    const event = arbitraryEvent({ state: 'NOTIFIED' });
    return { event, lead: leadOf(event) };
  });

describe('a search for leads', () => {
  it('leaves personal data masked until the page asks for them', async () => {
    const { ask } = routes(leadDouble(many(1)));
    const masked = await ask(leads, {});
    expect(masked.text).not.toMatch(/ana@lindab|Ana Lind/);
    expect(masked.answer.rows).toMatchObject([
      { display_name: 'A••• L•••', email: 'a•••@l•••.example', owner_name: 'Bob Builder', state: 'NOTIFIED' },
    ]);
    const shown = await ask(leads, { personal: 'shown' });
    expect(shown.answer.rows).toMatchObject([{ display_name: 'Ana Lind', email: 'ana@lindab.example' }]);
  });

  it('finds leads by what a person types: case, spaces and a plus sign that became a space do not matter', async () => {
    const event = arbitraryEvent();
    const double = leadDouble([{ event, lead: leadOf(event, { email_key: 'ana+crm@lindab.example' }) }]);
    const { answer } = await routes(double).ask(leads, { email: ' Ana CRM@lindab.example' });
    expect(answer.rows.map(({ lead_id }) => lead_id)).toEqual([event.lead_id]);
  });

  it('gives all leads page by page, newest first, each once', async () => {
    const known = many(5);
    const { ask } = routes(leadDouble(known));
    const found: string[] = [];
    let cursor: string | undefined;
    do {
      const { answer } = await ask(leads, { limit: '2', ...(cursor === undefined ? {} : { cursor }) });
      found.push(...answer.rows.map(({ lead_id }) => lead_id));
      cursor = answer.next ?? undefined;
    } while (cursor !== undefined);
    expect(found).toEqual(known.map(({ event }) => event.lead_id).reverse());
  });

  it('shows a lead with three events once, and goes on past pages that have only older events', async () => {
    const newest = arbitraryEvent();
    const older = Array.from({ length: 3 }, () => arbitraryEvent({ lead_id: newest.lead_id }));
    const lead = leadOf(newest);
    const first = arbitraryEvent();
    const double = leadDouble(
      [first, newest, ...older].map((event) => ({ event, lead: event === first ? leadOf(first) : lead })),
    );
    const { answer } = await routes(double).ask(leads, { limit: '1' });
    expect(answer.rows.map(({ event_id }) => event_id)).toEqual([newest.event_id]);
  });

  it('by state shows each event in that state, also one that is not the newest of its lead', async () => {
    const failed = arbitraryEvent({ state: 'FAILED' });
    const later = arbitraryEvent({ lead_id: failed.lead_id, state: 'NOTIFIED' });
    const lead = leadOf(later);
    const { answer } = await routes(leadDouble([failed, later].map((event) => ({ event, lead })))).ask(leads, {
      state: 'FAILED',
    });
    expect(answer.rows).toMatchObject([{ event_id: failed.event_id, state: 'FAILED', reason: 'owner-missing' }]);
  });

  it('narrows a search by owner with a state', async () => {
    const waiting = arbitraryEvent();
    const mailed = arbitraryEvent({ state: 'NOTIFIED' });
    const double = leadDouble([waiting, mailed].map((event) => ({ event, lead: leadOf(event) })));
    const { answer } = await routes(double).ask(leads, { owner: 'BOB@team.example', state: 'RECEIVED' });
    expect(answer.rows.map(({ lead_id }) => lead_id)).toEqual([waiting.lead_id]);
  });

  describe('of a period', () => {
    const period = { from: '2026-01-31T12:00:00Z', to: '2026-01-31T13:00:00+00:00' } as const;
    const mailedAt = (notified_at: string, lead_id: string) =>
      arbitraryEvent({ ...{ state: 'NOTIFIED', lead_id: lead_id as LeadId, notified_at } });
    const found = async (events: readonly EventItem[], search: object) => {
      const newest = new Map(events.map((event) => [event.lead_id, leadOf(event)]));
      const double = leadDouble(events.map((event) => ({ event, lead: newest.get(event.lead_id)! })));
      const { answer } = await routes(double).ask(leads, { ...period, during: 'mailed', ...search });
      return answer.rows.map(({ lead_id, notified_at }) => `${lead_id} ${notified_at}`);
    };
    const events = [
      mailedAt('2026-01-31T11:59:59.999Z', 'before'),
      mailedAt('2026-01-31T12:00:00.000Z', 'first'),
      mailedAt('2026-01-31T12:59:59.999Z', 'last'),
      mailedAt('2026-01-31T13:00:00.000Z', 'after'),
    ];

    it('has what was mailed from its begin on and before its end, whichever zone its times have', async () => {
      expect(await found(events, {})).toEqual(['last 2026-01-31T12:59:59.999Z', 'first 2026-01-31T12:00:00.000Z']);
      expect(await found(events, { during: 'failed' })).toEqual([]);
    });

    it('has each event, also one that is not the newest of its lead', async () => {
      const twice = [mailedAt('2026-01-31T12:10:00.000Z', 'twice'), mailedAt('2026-01-31T14:00:00.000Z', 'twice')];
      expect(await found(twice, {})).toEqual(['twice 2026-01-31T12:10:00.000Z']);
    });
  });

  it('finds nothing for an id that no lead can have', async () => {
    const { answer } = await routes(leadDouble(many(1))).ask(leads, { id: 'ana@lindab.example' });
    expect(answer.rows).toEqual([]);
  });

  it.each<[LeadSearch & Readonly<{ cursor?: string; limit?: string }>, string]>([
    [{ id: 'a', email: 'b' }, 'Search by one of these at a time: id, email.'],
    [{ email: '  ' }, 'Give a value to search for.'],
    [{ limit: '101' }, 'limit must be a whole number from 1 to 100.'],
    [{ during: 'mailed', from: '2026-01-31T12:00:00Z' }, 'Give a period by during, from and to together.'],
    [{ from: '2026-01-31T12:00:00Z' }, 'Give a period by during, from and to together.'],
    [
      { during: 'mailed', from: 'yesterday', to: '2026-01-31T12:00:00Z' },
      'from and to must be times such as 2026-01-31T14:00:00Z.',
    ],
    [{ during: 'mailed', from: '2026-01-31T12:00:00Z', to: '2026-01-31T12:00:00.000Z' }, 'from must be before to.'],
    ...(['id', 'email', 'owner', 'status'] as const).map((field): [LeadSearch, string] => [
      { [field]: 'a', during: 'mailed', from: '2026-01-31T12:00:00Z', to: '2026-01-31T13:00:00Z' },
      `A search by id, email, owner or status has no during, from and to. Leave out ${field} or those.`,
    ]),
    [{ cursor: 'of another search' }, 'The next page is not of this search. Start the search again.'],
  ])('says what is wrong with %j', async (input, message) => {
    const { status, problem } = await routes(leadDouble(many(1))).ask(leads, input);
    expect({ status, message: problem.message }).toEqual({ status: 400, message });
  });

  it('names the rights that credentials lack', async () => {
    const denied = new StoreError({ kind: 'unavailable', store: 'leads', cause: 'AccessDeniedException' });
    const double: LeadPorts = { ...leadDouble([]), findLeads: () => Promise.reject(denied) };
    const { status, problem } = await routes(double).ask(leads, { status: 'new' });
    expect(status).toBe(403);
    expect(problem.rights).toContain('dynamodb:BatchGetItem on the table');
    expect(problem.message).toContain('dynamodb:Query');
  });
});

describe('an export', () => {
  const read = async (ports: LeadPorts, query: string) => {
    const response = await routes(ports).app.request(`/api/leads/export?${query}`);
    return { response, bytes: new Uint8Array(await response.arrayBuffer()) };
  };

  it('has all pages of a search as CSV that a spreadsheet opens as UTF-8', async () => {
    const { response, bytes } = await read(leadDouble(many(250)), 'format=csv');
    expect(response.headers.get('content-disposition')).toBe('attachment; filename="leads-20261126-1432.csv"');
    expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const lines = new TextDecoder().decode(bytes).trimEnd().split('\r\n');
    expect(lines).toHaveLength(251);
    expect(lines[0]).toMatch(/^lead_id,namespace,source,display_name,email,/);
    expect(lines[1]).toContain('A••• L•••,a•••@l•••.example');
  });

  it('has no cell that a spreadsheet runs as a formula', async () => {
    const hostile = ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1'];
    const double = leadDouble(
      hostile.map((display_name) => {
        const event = arbitraryEvent();
        return { event, lead: leadOf(event, { display_name, status: `a "quoted", ${display_name}` }) };
      }),
    );
    const { bytes } = await read(double, 'format=csv&personal=shown');
    const cells = new TextDecoder().decode(bytes);
    expect(cells).not.toMatch(/(^|[,\n]"?)[=+\-@\t\r]/);
    expect(cells).toContain(`,'=1+1,`);
    expect(cells).toContain(`"a ""quoted"", @SUM(A1)"`);
  });

  it('is JSON if it is asked for, also without a lead', async () => {
    const { bytes } = await read(leadDouble(many(101)), 'format=json&personal=shown&status=new');
    const rows = JSON.parse(new TextDecoder().decode(bytes)) as readonly unknown[];
    expect(rows).toHaveLength(101);
    expect(rows[0]).toMatchObject({ display_name: 'Ana Lind' });
    const none = await read(leadDouble([]), 'format=json');
    expect(JSON.parse(new TextDecoder().decode(none.bytes))).toEqual([]);
  });

  const { counted } = emptyOverview;
  const denied = { kind: 'access-denied', cause: 'AccessDeniedException', rights: ['dynamodb:Scan'] } as const;

  it.each([
    ['are being counted', { ...counted, state: 'running', is_counting: true }, [], 'are still being counted'],
    [
      'are too many to be counted without being asked',
      { ...counted, state: 'limited', limit: 1_000_000 },
      [],
      'table has more than 1,000,000 items. To count them, press “Count all” on the Overview.',
    ],
    ['are counted on request', { ...counted, state: 'limited', is_counting: true }, [], 'are still being counted'],
    [
      'cannot be counted',
      { ...counted, state: 'running', is_counting: true },
      [{ ...denied, part: 'count', since: '2026-11-26T14:30:00.000Z' }],
      'cannot be counted (AccessDeniedException)',
    ],
  ] as const)('is refused while the leads %s, and says what to do', async (_, state, troubles, says) => {
    const { app } = routes(leadDouble(many(1), false), { ...emptyOverview, counted: state, troubles });
    const response = await app.request('/api/leads/export?format=csv');
    expect(response.status).toBe(409);
    expect(((await response.json()) as { message: string }).message).toContain(says);
  });

  it('ends as a failed download if the cloud goes away in the middle', async () => {
    const double = leadDouble(many(150));
    let reads = 0;
    const ports: LeadPorts = {
      ...double,
      leadsOfEvents: (refs) => ((reads += 1) > 1 ? Promise.reject(new Error('gone')) : double.leadsOfEvents(refs)),
    };
    const response = await routes(ports).app.request('/api/leads/export?format=csv');
    expect(response.status).toBe(200);
    await expect(response.text()).rejects.toThrow('gone');
  });
});
