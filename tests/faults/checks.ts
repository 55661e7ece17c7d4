import * as E from 'fp-ts/Either';
import { enrichedJson } from '../../shared/lead/enriched-lead';
import type { EventItem } from '../../shared/stored/event-item';
import { versionOf } from '../../shared/lead/event-time';
import { namespaceOf } from '../../shared/lead/lead-namespace';
import { leadEventFrom } from '../../shared/sources/payloads/lead-payload';
import { enrichedKeyOf } from '../../shared/lead/raw-key';
import { ownerOf } from './plan';
import type { Told } from './senders';
import { leadName, type RawObject, type Snapshot } from './snapshot';
import type { EventOnWire } from './wire-journal';

/** A property of the whole run, and every event or lead that breaks it. */
export type Check = Readonly<{ name: string; violations: readonly string[] }>;

const check = (name: string, violations: readonly string[]): Check => ({ name, violations });

/** Whether a sender has our word for an event. */
export const isAccepted = ({ answers }: Told): boolean =>
  answers.some((answer) => answer !== 'no-answer' && answer < 300);

const naming =
  (ids: Iterable<string>) =>
  (what: (id: string) => string | undefined): readonly string[] =>
    [...ids].flatMap((id) => {
      const problem = what(id);
      return problem === undefined ? [] : [`${id}: ${problem}`];
    });

type Json = Readonly<Record<string, unknown>>;

const keysOf = (letters: readonly string[]): ReadonlySet<unknown> =>
  new Set(letters.map((body) => (JSON.parse(body) as Json).s3_key));

/** What senders were told. */
export const checkAnswers = (told: readonly Told[]): readonly Check[] => [
  check(
    'no event is accepted (202) twice',
    told
      .filter(({ answers }) => answers.filter((answer) => answer === 202).length > 1)
      .map(({ event, answers }) => `${event.eventId}: ${answers.join(', ')}`),
  ),
  check(
    'no event is refused (4xx): all are leads of known senders',
    told
      .filter(({ answers }) =>
        answers.some((answer) => answer !== 'no-answer' && answer >= 400 && answer < 500 && answer !== 429),
      )
      .map(({ event, answers }) => `${event.eventId}: ${answers.join(', ')}`),
  ),
  check(
    'answers name the event by its content',
    told
      .filter(({ event, namedIds }) => namedIds.some((id) => id !== event.eventId))
      .map(({ event, namedIds }) => `${event.eventId}: ${namedIds.join(', ')}`),
  ),
];

/**
 * Before anybody has queued anything again: a message is acknowledged only when its event is finished, so that an accepted
 * event is finished, or its message is dead-lettered. What the reconciler mends must not hide a message that is lost.
 */
export const checkMessages = (told: readonly Told[], { events, letters }: Snapshot): Check => {
  const dead = keysOf(letters);
  return check(
    'no message of an accepted event is lost: it is NOTIFIED, or in the dead-letter queue',
    naming(told.filter(isAccepted).map(({ event }) => event.eventId))((id) => {
      const event = events.get(id);
      if (event === undefined) return 'is gone';
      return event.state === 'NOTIFIED' || dead.has(event.s3_key) ? undefined : `is ${event.state}, and has no message`;
    }),
  );
};

type Evidence = Readonly<{ told: readonly Told[]; snapshot: Snapshot; onWire: (eventId: string) => EventOnWire }>;

/** What must hold whenever nothing is queued and nothing pending. */
export const checkBooks = ({ told, snapshot, onWire }: Evidence): readonly Check[] => {
  const { events, raws, enriched, mails, letters } = snapshot;
  const accepted = told.filter(isAccepted).map(({ event }) => event.eventId);
  const dead = keysOf(letters);
  const rawsOf = rawsByEvent(raws);
  const mailed = new Set([...mails.keys(), ...events.keys()]);
  return [
    check(
      'each accepted event is NOTIFIED, or FAILED with a reason and its message in the dead-letter queue',
      naming(accepted)((id) => {
        const event = events.get(id);
        if (event === undefined) return 'is gone';
        if (event.state === 'NOTIFIED') return undefined;
        if (event.state !== 'FAILED') return `is ${event.state}`;
        return dead.has(event.s3_key) ? undefined : `is FAILED (${event.reason}), and not in the dead-letter queue`;
      }),
    ),
    check(
      'nothing stays RECEIVED or CLAIMED',
      naming(events.keys())((id) => {
        const state = events.get(id)?.state ?? '';
        return state === 'RECEIVED' || state === 'CLAIMED' ? `stays ${state}` : undefined;
      }),
    ),
    check('each accepted event has exactly one raw object, no event has two', [
      ...naming(accepted)((id) =>
        rawsOf.get(id)?.[0]?.key === events.get(id)?.s3_key ? undefined : 'has no raw object under its key',
      ),
      ...naming(rawsOf.keys())((id) => {
        const number = rawsOf.get(id)?.length ?? 0;
        return number === 1 ? undefined : `has ${number} raw objects`;
      }),
    ]),
    check(
      'each NOTIFIED event has one enriched object, made of its raw object and its own owner',
      naming(events.keys())((id) => {
        const event = events.get(id);
        const raw = rawsOf.get(id)?.[0]?.text;
        if (event?.state !== 'NOTIFIED') return undefined;
        const expected = raw === undefined ? undefined : enrichedFrom(event, raw);
        return expected !== undefined && enriched.get(enrichedKeyOf(event.s3_key)) === expected
          ? undefined
          : 'has no enriched object that matches';
      }),
    ),
    check(
      'each NOTIFIED event was mailed',
      naming(events.keys())((id) =>
        events.get(id)?.state === 'NOTIFIED' && !mails.has(id) ? 'is NOTIFIED without a mail' : undefined,
      ),
    ),
    check(
      'each mail was sent under a claim of its own',
      naming(mailed)((id) => {
        const claims = onWire(id).claimIds.size;
        const number = mails.get(id) ?? 0;
        return number > claims ? `was mailed ${number} times under ${claims} claims` : undefined;
      }),
    ),
    check(
      'a second mail only where the mark of the first did not land',
      naming(mailed)((id) => {
        const { markIds } = onWire(id);
        return markIds.size > 1
          ? `was marked NOTIFIED by ${markIds.size} workers, so ${mails.get(id) ?? 0} mails`
          : undefined;
      }),
    ),
    check(
      'no mail whose mark landed is about an event that is not NOTIFIED',
      naming(mailed)((id) =>
        onWire(id).markIds.size > 0 && events.get(id)?.state !== 'NOTIFIED'
          ? `was mailed and marked, and is ${events.get(id)?.state ?? 'gone'}`
          : undefined,
      ),
    ),
    check(
      'the proxy saw each mail that SES took',
      naming(mailed)((id) => {
        const seen = onWire(id).mails.length;
        const number = mails.get(id) ?? 0;
        return seen === number ? undefined : `SES took ${number} mails, the wire saw ${seen}`;
      }),
    ),
    check('each lead says what its newest event says', checkLeads(told, snapshot)),
  ];
};

const rawsByEvent = (raws: readonly RawObject[]): ReadonlyMap<string, readonly RawObject[]> => {
  const found = new Map<string, RawObject[]>();
  for (const raw of raws) found.set(raw.eventId, [...(found.get(raw.eventId) ?? []), raw]);
  return found;
};

const enrichedFrom = (event: EventItem, raw: string): string | undefined => {
  const lead = leadEventFrom(event.source)(JSON.parse(raw) as Json);
  if (E.isLeft(lead)) return undefined;
  const record = {
    event: lead.right,
    eventId: event.event_id,
    s3Key: event.s3_key,
    namespace: namespaceOf(event),
    receivedAt: event.received_at,
    eventTime: event.event_time,
    correlationId: '',
  };
  return enrichedJson({ record, owner: ownerOf(event.lead_id) });
};

/** An event that nobody accepted and nothing came of may have left a trace in its lead, or not. */
const checkLeads = (told: readonly Told[], { events, leads }: Snapshot): readonly string[] => {
  const accepted = new Set(told.filter(isAccepted).map(({ event }) => event.eventId));
  const version = ({ event_time, event_id }: EventItem) => versionOf(event_time, event_id);
  const nameOf = (event: EventItem) => leadName({ leadId: event.lead_id, namespace: namespaceOf(event) });
  return naming(new Set([...events.values()].map(nameOf)))((name) => {
    const ofLead = [...events.values()].filter((event) => nameOf(event) === name);
    const newest = ofLead
      .filter(({ event_id, state }) => state === 'NOTIFIED' || accepted.has(event_id))
      .map(version)
      .sort()
      .at(-1);
    const lead = leads.get(name);
    if (lead === undefined) return newest === undefined ? undefined : 'has events and no lead';
    if (newest !== undefined && lead.version < newest) return `says ${lead.version}, its newest event ${newest}`;
    const event = ofLead.find(({ event_id }) => event_id === lead.event_id);
    if (event === undefined) return 'refers to an event that does not exist';
    if (lead.version !== version(event)) return `says ${lead.version}, its event ${version(event)}`;
    const ownerIsThere = JSON.stringify(lead.owner) === JSON.stringify(ownerOf(lead.lead_id));
    return event.state === 'NOTIFIED' && !ownerIsThere ? 'lacks its owner' : undefined;
  });
};

/** At the very end, when what was missing is there and all dead letters are redriven. */
export const checkRedriven = (told: readonly Told[], { events }: Snapshot): Check =>
  check(
    'after the redrive each accepted event is NOTIFIED',
    naming(told.filter(isAccepted).map(({ event }) => event.eventId))((id) => {
      const { state = 'gone', reason = '' } = events.get(id) ?? {};
      return state === 'NOTIFIED' ? undefined : `is ${state} ${reason}`;
    }),
  );

/** @param places what was kept where */
export const checkSecrets = (secrets: readonly string[], places: Readonly<Record<string, string>>): Check =>
  check(
    'no secret is in raw or enriched objects, table, queue, mails or logs',
    Object.entries(places)
      .filter(([, kept]) => secrets.some((secret) => kept.includes(secret)))
      .map(([place]) => `${place}: holds the secret of a source`),
  );
