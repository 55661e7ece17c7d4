import { maskSecrets } from '../../codecs/mask-secrets';
import type { QuarantineItem } from '../../stored/quarantine-item';
import type { QuarantinedObject } from '../../stored/quarantined-object';
import { bodyShape, textIn } from '../quarantine/body-shape';
import type { DiscardedQuarantined } from '../quarantine/discard-quarantined';
import type { Revalidated } from '../quarantine/revalidate-quarantined';

/**
 * A quarantined request as JSON for programs. What is not known is `null`.
 *
 * @param now the time to which `age_seconds` is counted
 */
export const quarantineView = (item: QuarantineItem, now: Date) => ({
  id: item.id,
  source: item.source,
  state: item.state,
  kind: item.kind,
  problems: item.problems,
  received_at: item.received_at,
  age_seconds: Math.round((now.getTime() - Date.parse(item.received_at)) / 1000),
  correlation_id: item.correlation_id ?? null,
  ...decisionOf(item),
});

const decisionOf = (item: QuarantineItem) => {
  switch (item.state) {
    case 'QUARANTINED':
      return {};
    case 'REVALIDATED':
      return { revalidated_at: item.revalidated_at, revalidated_by: item.revalidated_by ?? null, events: item.events };
    case 'DISCARDED':
      return {
        discarded_at: item.discarded_at,
        discarded_by: item.discarded_by ?? null,
        discard_reason: item.discard_reason,
      };
  }
};

/**
 * A quarantined request with what its sender sent, secrets masked.
 *
 * @param withBody shows the values of the body, which may hold data that no pattern masks. Otherwise `shape` has the
 *   names and kinds of the values
 */
export const quarantineDetailView = (
  item: QuarantineItem,
  request: QuarantinedObject | 'missing' | 'unreadable',
  now: Date,
  withBody: boolean,
) => {
  const view = quarantineView(item, now);
  if (typeof request === 'string') return { ...view, request };
  const body = Buffer.from(request.body_base64, 'base64');
  return {
    ...view,
    problems: request.problems,
    request: {
      method: request.method,
      url: maskSecrets(request.url),
      headers: request.headers,
      content_type: request.content_type,
      bytes: body.byteLength,
      shape: bodyShape(request.content_type, body) ?? null,
      ...(withBody ? { body: bodyView(body) } : {}),
    },
  };
};

/** A body that is not UTF-8 is shown as Latin-1, because secrets could not be masked in base64. */
const bodyView = (body: Uint8Array): string => {
  const text = textIn(body);
  return maskSecrets(text ?? Buffer.from(body).toString('latin1'));
};

/** A quarantined request with what a revalidation did to it. `problems` are the present ones. */
export const revalidatedView = ({ item, outcome, leads }: Revalidated) => ({
  id: item.id,
  source: item.source,
  outcome,
  leads: leads.map((lead) =>
    lead.kind === 'rejected'
      ? { status: lead.kind, errors: lead.problems }
      : { status: lead.kind, lead_id: lead.event.lead_id, event_id: lead.event.event_id },
  ),
});

/** A quarantined request with what a discard did to it. */
export const discardedQuarantinedView = ({ item, outcome }: DiscardedQuarantined) => ({
  id: item.id,
  source: item.source,
  outcome,
});
