import type { Check } from '../../faults/check';
import { checkAnswers, checkBooks, checkMessages, checkSecrets } from '../../faults/checks';
import { ownerOf, planLeads } from '../../faults/plan';
import type { Sent } from '../../faults/senders';
import type { Snapshot } from '../../faults/snapshot';
import type { EventOnWire } from '../../faults/wire-journal';
import { enrichedJson } from '../../../shared/lead/enriched-lead';
import { leadEventFrom } from '../../../shared/sources/payloads/lead-payload';
import { enrichedLeadItemOf } from '../../../shared/stored/lead-item';
import type { EventItem } from '../../../shared/stored/event-item';
import type { RawKey } from '../../../shared/lead/raw-key';
import * as E from 'fp-ts/Either';
import { type AboutEvent, arbitraryEvent } from '../../support/arbitrary-event';

const event = planLeads(1, 2)[1]!.events[0]!;
const id = event.eventId;
const s3Key = `raw/one-${id.slice(0, 8)}.json` as RawKey;
const at = '2026-11-25T00:00:00.000Z';
const lead = leadEventFrom(event.source)(event.payload);
if (E.isLeft(lead)) throw new Error('The plan makes no leads.');
const name = `${event.leadId} of ${event.source}`;
const record = {
  event: lead.right,
  namespace: event.source,
  eventId: id,
  s3Key,
  receivedAt: at,
  eventTime: at,
  correlationId: '',
};
const owner = ownerOf(event.leadId);

const item: EventItem = {
  lead_id: lead.right.lead_id,
  event_id: id,
  source: event.source,
  s3_key: s3Key,
  state: 'NOTIFIED',
  received_at: at,
  event_time: at,
  notified_at: at,
};

const sent: Sent = { event, answers: [202], namedIds: [id] };

const snapshot: Snapshot = {
  events: new Map([[id, item]]),
  leads: new Map([[name, enrichedLeadItemOf({ record, owner })]]),
  raws: [{ key: s3Key, eventId: id, text: JSON.stringify(event.payload) }],
  enriched: new Map([[s3Key.replace('raw/', 'enriched/'), enrichedJson({ record, owner })]]),
  mails: new Map([[id, 1]]),
  letters: [],
  tableText: '',
};

const wire: EventOnWire = { claimIds: new Set(['a']), mails: ['answered'], markIds: new Set(['m']) };

const failed = (checks: readonly Check[]): readonly string[] =>
  checks.filter(({ violations }) => violations.length > 0).map(({ name }) => name);

const books = (changed: Partial<Snapshot>, seen: Partial<EventOnWire> = {}, answered: Sent = sent) =>
  failed(checkBooks({ sent: [answered], snapshot: { ...snapshot, ...changed }, onWire: () => ({ ...wire, ...seen }) }));

const inState = (changed: AboutEvent): Partial<Snapshot> => ({
  events: new Map([[id, arbitraryEvent({ ...item, ...changed })]]),
});

const letter = JSON.stringify({ s3_key: s3Key });

describe('the checks of the fault tests', () => {
  it('find no violation for a lead that was mailed once', () => {
    expect(books({})).toEqual([]);
    expect(failed(checkAnswers([sent]))).toEqual([]);
    expect(failed([checkMessages([sent], snapshot)])).toEqual([]);
  });

  it('allow a second mail under a second claim if no mark of the first mail landed', () => {
    const seen = { claimIds: new Set(['a', 'b']), mails: ['caller-gone', 'answered'] } as const;
    expect(books({ mails: new Map([[id, 2]]) }, seen)).toEqual([]);
  });

  it.each<[string, Partial<Snapshot>, Partial<EventOnWire>]>([
    [
      'a second mail only where the mark of the first did not land',
      { mails: new Map([[id, 2]]) },
      { claimIds: new Set(['a', 'b']), mails: ['answered', 'answered'], markIds: new Set(['m', 'n']) },
    ],
    [
      'each mail was sent under a claim of its own',
      { mails: new Map([[id, 2]]) },
      { mails: ['reset-after', 'answered'] },
    ],
    ['the proxy saw each mail that SES accepted', {}, { mails: [] }],
    ['nothing stays RECEIVED or CLAIMED', inState({ state: 'CLAIMED' }), {}],
    [
      'each accepted event is NOTIFIED, or FAILED with a reason and its message in the dead-letter queue',
      inState({ state: 'FAILED', reason: 'owner-missing' }),
      {},
    ],
    [
      'no mail whose mark landed is about an event that is not NOTIFIED',
      { ...inState({ state: 'FAILED', reason: 'owner-missing' }), letters: [letter] },
      {},
    ],
    ['each accepted event has exactly one raw object, no event has two', { raws: [] }, {}],
    [
      'each accepted event has exactly one raw object, no event has two',
      { raws: [...snapshot.raws, { key: 'raw/other.json', eventId: id, text: '{}' }] },
      {},
    ],
    [
      'each NOTIFIED event has one enriched object, made of its raw object and its own owner',
      { enriched: new Map([[s3Key.replace('raw/', 'enriched/'), enrichedJson({ record, owner: ownerOf('other') })]]) },
      {},
    ],
    ['each NOTIFIED event was mailed', { mails: new Map() }, {}],
    [
      'each lead says what its newest event says',
      { leads: new Map([[name, { ...enrichedLeadItemOf({ record, owner }), version: '2020' }]]) },
      {},
    ],
  ])('find a violation of: %s', (name, changed, seen) => {
    expect(books(changed, seen)).toContain(name);
  });

  it('find an event that was accepted twice, refused, or answered with another id', () => {
    const answered = (answers: Sent['answers']) => failed(checkAnswers([{ ...sent, answers }]));
    expect(answered([202, 202])).toEqual(['no event is accepted (202) twice']);
    expect(answered(['no-answer', 401])).toEqual(['no event is refused (4xx): all are leads of known senders']);
    expect(failed(checkAnswers([{ ...sent, namedIds: ['other'] }]))).toEqual(['answers name the event by its content']);
  });

  it('find a message that was acknowledged before its event was finished', () => {
    expect(checkMessages([sent], { ...snapshot, ...inState({ state: 'CLAIMED' }) }).violations).toEqual([
      `${id}: is CLAIMED, and has no message`,
    ]);
    expect(
      checkMessages([sent], { ...snapshot, ...inState({ state: 'CLAIMED' }), letters: [letter] }).violations,
    ).toEqual([]);
  });

  it('require of an event that was not accepted only that it is finished', () => {
    const unaccepted = { ...sent, answers: [502, 'no-answer'] as const };
    const nothing = { events: new Map(), leads: new Map(), raws: [], enriched: new Map(), mails: new Map() };
    expect(books(nothing, { claimIds: new Set(), mails: [], markIds: new Set() }, unaccepted)).toEqual([]);
    expect(books(inState({ state: 'RECEIVED' }), {}, unaccepted)).toContain('nothing stays RECEIVED or CLAIMED');
  });

  it('find a secret in any place', () => {
    expect(checkSecrets(['hush-hush'], { 'the table': 'x', 'the log': 'a hush-hush b' }).violations).toEqual([
      'the log: holds the secret of a source',
    ]);
  });
});
