import type { APIGatewayProxyEvent } from 'aws-lambda';
import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import { toQuestion } from '../../../QueryFunction/http/request';
import { toProblem, toResponse } from '../../../QueryFunction/http/response';
import type { EmailAddress } from '../../../shared/lead/email-address';
import { enrichedLeadItemOf, leadItemOf } from '../../../shared/stored/lead-item';
import { ownerKey } from '../../../shared/lead/owner';
import { unavailable, unreadable } from '../../../shared/ports/store-failure';
import { arbitraryRecord } from '../../support/arbitrary';
import { arbitraryEvent } from '../../support/arbitrary-event';

const search = (queryStringParameters: Readonly<Record<string, string>> | null) =>
  toQuestion({ resource: '/leads', queryStringParameters } as unknown as APIGatewayProxyEvent);
const lead = (lead_id: string, queryStringParameters: Readonly<Record<string, string>> | null = null) =>
  toQuestion({
    resource: '/leads/{lead_id}',
    pathParameters: { lead_id },
    queryStringParameters,
  } as unknown as APIGatewayProxyEvent);

describe('GET /leads', () => {
  it.each([
    [{ email: 'Alice@Example.COM' }, { by: 'email', value: 'alice@example.com', limit: 25 }],
    [{ email: 'alice+crm@example.com' }, { by: 'email', value: 'alice+crm@example.com', limit: 25 }],
    [{ email: 'alice crm@example.com' }, { by: 'email', value: 'alice+crm@example.com', limit: 25 }],
    [{ owner: 'Bob crm@example.com' }, { by: 'owner', value: 'bob+crm@example.com', limit: 25 }],
    [{ owner: 'Bob @ Sales' }, { by: 'owner', value: 'bob @ sales', limit: 25 }],
    [{ status: 'on \u0000hold\r\n' }, { by: 'status', value: 'on hold', limit: 25 }],
    [
      { status: 'a b@example.com', limit: '001' },
      { by: 'status', value: 'a b@example.com', limit: 1 },
    ],
    [{ owner: 'Bob Builder' }, { by: 'owner', value: 'bob builder', limit: 25 }],
    [
      { status: 'New', limit: '100', next: 'abc' },
      { by: 'status', value: 'new', limit: 100, cursor: 'abc' },
    ],
  ])('reads %j', (query, expected) => {
    expect(search(query)).toStrictEqual(E.right({ kind: 'search', search: expected }));
  });

  it.each([
    [null, ['']],
    [{}, ['']],
    [{ email: 'a@example.com', owner: 'Bob' }, ['']],
    [{ email: '' }, ['email']],
    [{ owner: 'Bob', limit: '0' }, ['limit']],
    [{ owner: 'Bob', limit: '101' }, ['limit']],
    [{ owner: 'Bob', limit: '1.5' }, ['limit']],
    [{ owner: 'Bob', limit: 'many' }, ['limit']],
    ...['', ' 5', '+5', '1e1', '0x10', '5.0', '-1', '0100'].map(
      (limit) => [{ owner: 'Bob', limit }, ['limit']] as [Readonly<Record<string, string>>, string[]],
    ),
    [{ status: '\u0001' }, ['status']],
    [{ owner: 'Bob', colour: 'secret-value' }, ['']],
  ])('refuses %j, and says where', (query, paths) => {
    const refused = search(query);
    expect(refused).toMatchObject(E.left({ kind: 'bad-query', errors: paths.map((path) => ({ path })) }));
    const answer = pipe(
      refused,
      E.match(toProblem, () => {
        throw new Error('not refused');
      }),
    );
    expect(answer.statusCode).toBe(400);
    expect(answer.body).not.toContain('secret-value');
  });

  it.each(['status', 'limit', 'next'])('refuses a search with two of %s: one would be left out', (name) => {
    const twice = toQuestion({
      resource: '/leads',
      queryStringParameters: { status: 'new', [name]: '2' },
      multiValueQueryStringParameters: { status: ['new'], [name]: ['1', '2'] },
    } as unknown as APIGatewayProxyEvent);
    expect(twice).toStrictEqual(E.left({ kind: 'bad-query', errors: [{ path: name, message: 'must be given once' }] }));
  });

  it.each([
    ['owner', 'Jos\u00e9', 'Jose\u0301'],
    ['status', 'G\u00c9ANT', 'ge\u0301ant'],
    ['email', 'jos\u00e9@example.com', 'JOSE\u0301@example.com'],
    ['owner', '\uac00', '\u1100\u1161'],
    ['owner', '\u1e9b\u0323', '\u017f\u0323\u0307'],
    ['status', '\u0130', 'I\u0307'],
  ] as const)('finds by %s what was stored in another Unicode form: %s and %s', (by, stored, asked) => {
    for (const [one, other] of [
      [stored, asked],
      [asked, stored],
    ] as const) {
      const item = leadItemOf(arbitraryRecord({ status: one, email: one as EmailAddress }));
      const key = by === 'owner' ? ownerKey({ owner_name: one }) : item[`${by}_key`];
      expect(search({ [by]: other })).toMatchObject(E.right({ search: { value: key } }));
    }
  });

  it('answers a search without a match with an empty list', () => {
    const answer = toResponse({ kind: 'page', page: { leads: [], next: undefined, unreadable: [] } });
    expect(answer.statusCode).toBe(200);
    expect(JSON.parse(answer.body)).toStrictEqual({ leads: [], next: null });
  });
});

describe('GET /leads/{lead_id}', () => {
  it('asks for the lead, letter by letter', () => {
    expect(lead('LD-Final-001')).toStrictEqual(
      E.right({ kind: 'lead', search: { leadId: 'LD-Final-001', limit: 100 } }),
    );
  });

  it('finds it whether or not the cloud has decoded the path', () => {
    for (const id of ['CRM:7+1', 'CRM%3A7%2B1']) {
      expect(lead(id)).toStrictEqual(E.right({ kind: 'lead', search: { leadId: 'CRM:7+1', limit: 100 } }));
    }
  });

  it('asks for the lead of one namespace', () => {
    expect(lead('L-1', { namespace: 'billing', limit: '7', next: 'abc' })).toStrictEqual(
      E.right({ kind: 'lead', search: { leadId: 'L-1', namespace: 'billing', limit: 7, cursor: 'abc' } }),
    );
  });

  it.each([
    [{ namespace: '' }, ['namespace']],
    [{ namespace: 'x'.repeat(65) }, ['namespace']],
    [{ colour: 'red' }, ['']],
    [{ limit: '0' }, ['limit']],
    [{ limit: '101' }, ['limit']],
  ])('refuses %j, and says where', (query, paths) => {
    expect(lead('L-1', query)).toMatchObject(E.left({ kind: 'bad-query', errors: paths.map((path) => ({ path })) }));
  });

  it.each(['a lead', 'a%20lead', '%', '%zz', '%ff', '..%2f', ''])(
    'knows no lead %j, whose id could not be one',
    (id) => {
      expect(lead(id)).toStrictEqual(E.left({ kind: 'no-such-lead' }));
    },
  );

  it('answers the newest of the leads of an id, and lists all of them without their owners', () => {
    const record = arbitraryRecord({ status: 'won' });
    const owner = { owner_name: 'Ada' };
    const mine = enrichedLeadItemOf({ record, owner });
    const foreign = enrichedLeadItemOf({ record: { ...record, namespace: 'billing' }, owner });
    const answer = toResponse({
      kind: 'history',
      history: {
        leads: [mine, foreign].map((lead) => ({ lead, event: undefined })),
        events: [],
        next: undefined,
        unreadable: [],
      },
    });
    const body = JSON.parse(answer.body) as { lead: object; leads: readonly object[] };
    expect(body.lead).toMatchObject({ namespace: 'ingest', owner, status: 'won' });
    expect(body.leads).toMatchObject([{ namespace: 'ingest' }, { namespace: 'billing', status: 'won' }]);
    for (const one of body.leads) expect(one).not.toHaveProperty('owner');
  });

  it('lists what can not be read, and answers the rest', () => {
    const failure = { ...unreadable('events', 'state is missing'), item: { pk: 'LEAD#L-1', sk: 'EVENT#1' } };
    const history = { leads: [], events: [arbitraryEvent()], next: 'abc', unreadable: [failure] };
    const answer = toResponse({ kind: 'history', history });
    expect(answer.statusCode).toBe(200);
    expect(JSON.parse(answer.body)).toMatchObject({
      lead: null,
      events: [{ state: 'RECEIVED' }],
      next: 'abc',
      unreadable: [{ item: 'EVENT#1', problems: ['state is missing'] }],
    });
  });

  it('answers 404 for a lead that it does not know', () => {
    expect(toProblem({ kind: 'no-such-lead' }).statusCode).toBe(404);
  });
});

it('a store that does not answer is a 503 without the cause', () => {
  const answer = toProblem(unavailable('leads')(new Error('arn:aws:dynamodb')));
  expect(answer.statusCode).toBe(503);
  expect(answer.body).not.toContain('arn:aws');
});
