import * as E from 'fp-ts/Either';
import { enrichedJson } from '../../shared/lead/enriched-lead';
import type { EventItem } from '../../shared/stored/event-item';
import { namespaceOf } from '../../shared/lead/lead-namespace';
import { leadEventFrom } from '../../shared/sources/payloads/lead-payload';
import { enrichedKeyOf } from '../../shared/lead/raw-key';
import { check, type Check, naming } from './check';
import { checkLeads } from './check-leads';
import { checkMails } from './check-mails';
import { ownerOf } from './plan';
import { isAccepted, type Sent } from './senders';
import type { RawObject, Snapshot } from './snapshot';
import type { EventOnWire } from './wire-journal';

type Json = Readonly<Record<string, unknown>>;

const keysOf = (letters: readonly string[]): ReadonlySet<unknown> =>
  new Set(letters.map((body) => (JSON.parse(body) as Json).s3_key));

const acceptedIds = (sent: readonly Sent[]): readonly string[] =>
  sent.filter(isAccepted).map(({ event }) => event.eventId);

/** What the senders were answered. */
export const checkAnswers = (sent: readonly Sent[]): readonly Check[] => [
  check(
    'no event is accepted (202) twice',
    sent
      .filter(({ answers }) => answers.filter((answer) => answer === 202).length > 1)
      .map(({ event, answers }) => `${event.eventId}: ${answers.join(', ')}`),
  ),
  check(
    'no event is refused (4xx): all are leads of known senders',
    sent
      .filter(({ answers }) =>
        answers.some((answer) => answer !== 'no-answer' && answer >= 400 && answer < 500 && answer !== 429),
      )
      .map(({ event, answers }) => `${event.eventId}: ${answers.join(', ')}`),
  ),
  check(
    'answers name the event by its content',
    sent
      .filter(({ event, namedIds }) => namedIds.some((id) => id !== event.eventId))
      .map(({ event, namedIds }) => `${event.eventId}: ${namedIds.join(', ')}`),
  ),
];

/**
 * Every accepted event is finished, or its message is a dead letter.
 *
 * A worker acknowledges a message only when its event is finished. Check this before the reconciler runs, because it
 * would queue the event of a lost message again.
 */
export const checkMessages = (sent: readonly Sent[], { events, letters }: Snapshot): Check => {
  const dead = keysOf(letters);
  return check(
    'no message of an accepted event is lost: it is NOTIFIED, or in the dead-letter queue',
    naming(acceptedIds(sent))((id) => {
      const event = events.get(id);
      if (event === undefined) return 'is gone';
      return event.state === 'NOTIFIED' || dead.has(event.s3_key) ? undefined : `is ${event.state}, and has no message`;
    }),
  );
};

type Evidence = Readonly<{ sent: readonly Sent[]; snapshot: Snapshot; onWire: (eventId: string) => EventOnWire }>;

/** What must hold whenever no message is queued and no event is pending. */
export const checkBooks = ({ sent, snapshot, onWire }: Evidence): readonly Check[] => [
  ...checkStates(sent, snapshot),
  ...checkObjects(sent, snapshot),
  ...checkMails(snapshot, onWire),
  checkLeads(sent, snapshot),
];

const checkStates = (sent: readonly Sent[], { events, letters }: Snapshot): readonly Check[] => {
  const dead = keysOf(letters);
  return [
    check(
      'each accepted event is NOTIFIED, or FAILED with a reason and its message in the dead-letter queue',
      naming(acceptedIds(sent))((id) => {
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
  ];
};

const checkObjects = (sent: readonly Sent[], { events, raws, enriched }: Snapshot): readonly Check[] => {
  const rawsOf = rawsByEvent(raws);
  return [
    check('each accepted event has exactly one raw object, no event has two', [
      ...naming(acceptedIds(sent))((id) =>
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

/** At the end of the run, after the missing owners were added and all dead letters redriven. */
export const checkRedriven = (sent: readonly Sent[], { events }: Snapshot): Check =>
  check(
    'after the redrive each accepted event is NOTIFIED',
    naming(acceptedIds(sent))((id) => {
      const { state = 'gone', reason = '' } = events.get(id) ?? {};
      return state === 'NOTIFIED' ? undefined : `is ${state} ${reason}`;
    }),
  );

/** @param places the text that each place holds */
export const checkSecrets = (secrets: readonly string[], places: Readonly<Record<string, string>>): Check =>
  check(
    'no secret is in raw or enriched objects, table, queue, mails or logs',
    Object.entries(places)
      .filter(([, kept]) => secrets.some((secret) => kept.includes(secret)))
      .map(([place]) => `${place}: holds the secret of a source`),
  );
