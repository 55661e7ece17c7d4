import type { LeadId } from '../../../../../shared/lead/lead-id';
import type { QuarantineStore } from '../../../../../shared/operations/quarantine/quarantine-ports';
import type { QuarantineEvents, QuarantineItem } from '../../../../../shared/stored/quarantine-item';
import type { QuarantinedObject } from '../../../../../shared/stored/quarantined-object';
import type { ReadAgain } from '../../../../../shared/operations/quarantine/revalidate-quarantined';

let counter = 0;

/** A quarantined item with arbitrary values. A test sets the values that matter to it. */
export const quarantinedItem = (about: Partial<QuarantineItem> = {}): QuarantineItem => {
  counter += 1;
  const id = `${counter.toString(16).padStart(8, '0')}${'e'.repeat(56)}`;
  return {
    id,
    source: 'acme',
    state: 'QUARANTINED',
    received_at: new Date(Date.UTC(2026, 0, 1) + counter).toISOString(),
    s3_key: `quarantine/acme/${id}.json`,
    kind: 'body',
    problems: [{ path: 'email', message: 'is missing' }],
    correlation_id: 'correlation',
    ...about,
  } as QuarantineItem;
};

export const eventOf = (name: string): QuarantineEvents[number] => ({
  lead_id: `lead-${name}` as LeadId,
  event_id: `event-${name}`,
});

export const accepted = (name: string) => ({ kind: 'accepted', event: eventOf(name) }) as const;
export const rejected = { kind: 'rejected', problems: [{ path: 'email', message: 'is missing' }] } as const;
export const read = (...leads: Extract<ReadAgain, { kind: 'read' }>['leads']): ReadAgain => ({ kind: 'read', leads });

export const requestOf = (item: QuarantineItem, body = '{"contact":{"id":7,"mail":"kim@example.com"}}') =>
  ({
    source: item.source,
    received_at: item.received_at,
    correlation_id: 'correlation',
    kind: item.kind,
    method: 'POST',
    url: 'https://api.example.com/Prod/webhook/acme?token=abcdefgh',
    headers: { 'user-agent': ['Acme/1'], 'content-type': ['application/json'] },
    content_type: 'application/json',
    body_base64: Buffer.from(body).toString('base64'),
    problems: [...item.problems, { path: 'lead_id', message: 'is missing' }],
  }) satisfies QuarantinedObject;

/** A quarantine in memory with these items. A test may change the items while a command runs. */
export const quarantineDouble = (items: readonly QuarantineItem[]) => {
  const stored = new Map(items.map((item) => [item.id, item]));
  const log: string[] = [];
  const store: QuarantineStore = {
    sources: () => Promise.resolve([...new Set([...stored.values()].map(({ source }) => source))]),
    items: (source, idPrefix = '') =>
      Promise.resolve({
        items: [...stored.values()].filter((item) => item.source === source && item.id.startsWith(idPrefix)),
        unreadable: [],
      }),
    item: ({ id }) => Promise.resolve(stored.get(id)),
    request: (item) => Promise.resolve(requestOf(item)),
    finish: (item, events) => {
      log.push(`finish ${item.id}`);
      if (stored.get(item.id)?.state === 'REVALIDATED') return Promise.resolve('by-another');
      stored.set(item.id, { ...item, state: 'REVALIDATED', revalidated_at: '2026-02-01T00:00:00.000Z', events });
      return Promise.resolve('revalidated');
    },
    discard: (item, reason) => {
      log.push(`discard ${item.id}`);
      const now = stored.get(item.id);
      if (now?.state !== 'QUARANTINED') return Promise.resolve(now ?? 'gone');
      const at = '2026-02-01T00:00:00.000Z';
      stored.set(item.id, { ...item, state: 'DISCARDED', discarded_at: at, discard_reason: reason });
      return Promise.resolve(undefined);
    },
  };
  return { stored, log, store };
};
