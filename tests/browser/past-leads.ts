import { BatchWriteItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { searchPartition } from '../../shared/aws/search-partitions';
import { eventKey, leadKey } from '../../shared/aws/table-keys';
import { sha256 } from '../../shared/codecs/sha-256';
import type { FailureReason } from '../../shared/lead/failure-reason';
import type { LeadId } from '../../shared/lead/lead-id';
import type { Stack } from '../stack/cloud';
import { atOnce } from '../stack/waiting';

/** A lead that came in before the test, with what became of it. */
export type PastLead = Readonly<{
  id: string;
  source: string;
  name: string;
  email: string;
  status: string;
  owner: string;
  receivedAt: Date;
  /** From due to mailed, in milliseconds. */
  tookMs: number;
  /** Why it was not mailed. Absent if it was. */
  failed?: Readonly<{ reason: FailureReason; detail?: string }>;
}>;

const delayMs = 600_000;

const after = (at: Date, ms: number): string => new Date(at.getTime() + ms).toISOString();

/** The message of a past lead, as it is in the queue of dead letters. */
export const messageOf = (lead: PastLead) => ({ s3_key: rawKeyOf(lead), lead_id: lead.id, event_id: eventIdOf(lead) });

export const eventIdOf = ({ id, source }: PastLead): string => sha256(`${source}/${id}`);

export const rawKeyOf = (lead: PastLead): string => `raw/crm_event_${lead.id}_${eventIdOf(lead).slice(0, 16)}.json`;

const itemsOf = (lead: PastLead): readonly object[] => {
  const { id, source, name, email, status, owner, receivedAt, tookMs, failed } = lead;
  const leadId = id as LeadId;
  const [event_id, s3_key, received_at] = [eventIdOf(lead), rawKeyOf(lead), receivedAt.toISOString()];
  const due_at = after(receivedAt, delayMs);
  const end = after(receivedAt, delayMs + tookMs);
  const times = { received_at, due_at, expires_at: Math.floor(receivedAt.getTime() / 1000) + 90 * 86_400 };
  const partition = (by: 'email' | 'owner' | 'status', value: string) =>
    searchPartition(by, value.toLowerCase(), { leadId, namespace: source });
  const event = {
    ...{
      ...eventKey({ leadId, eventId: event_id }),
      lead_id: id,
      namespace: source,
      event_id,
      source,
      s3_key,
      ...times,
    },
    event_time: received_at,
    attempts: failed === undefined ? 1 : 3,
    ...(failed === undefined
      ? {
          ...{ state: 'NOTIFIED', notified_at: end, claimed_at: due_at },
          history: [
            { at: due_at, what: 'claimed' },
            { at: end, what: 'notified' },
          ],
        }
      : {
          ...{ state: 'FAILED', failed_at: end, reason: failed.reason, failed_reason: failed.reason },
          ...(failed.detail === undefined ? {} : { reason_detail: failed.detail }),
          history: [{ at: end, what: 'failed', reason: failed.reason }],
        }),
  };
  const item = {
    ...{ ...leadKey({ leadId, namespace: source }), lead_id: id, namespace: source, source, email, event_id },
    ...{ updated_at: received_at, version: `${received_at}#${event_id}`, display_name: name, status },
    ...{ email_key: partition('email', email), status_key: partition('status', status) },
    ...(failed === undefined
      ? {
          ...{ owner_name: owner, owner_key: partition('owner', owner) },
          owner: JSON.stringify({ owner_name: owner }),
        }
      : {}),
  };
  return [event, item];
};

/** Writes leads into the table as the pipeline would have left them. */
export const putPastLeads = async ({ dynamodb, outputs }: Stack, leads: readonly PastLead[]): Promise<void> => {
  const items = leads.flatMap(itemsOf);
  const batches = Array.from({ length: Math.ceil(items.length / 25) }, (_, n) => items.slice(n * 25, n * 25 + 25));
  await atOnce(4, batches, (batch) =>
    dynamodb.send(
      new BatchWriteItemCommand({
        RequestItems: {
          [outputs.TableName]: batch.map((item) => ({
            PutRequest: { Item: marshall(item, { removeUndefinedValues: true }) },
          })),
        },
      }),
    ),
  );
};
