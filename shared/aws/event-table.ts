import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { RecordedEvent } from '../lead/recorded-event';
import { factsOf } from '../stored/recorded-facts';
import { expiryOf } from './expiry';

/** The table of leads and events, as the adapters that write events need it. */
export type EventTable = Readonly<{
  client: DynamoDBClient;
  tableName: string;
  now: () => Date;
  /** How long the item of an event is kept. After that, the same event is a new one if its sender sends it again. */
  retentionDays: number;
  /** The operator who writes. Absent if a function writes. */
  by?: string;
}>;

/**
 * The attributes that an event has in every state. Its retention starts at the later of its receipt and now: an event
 * that is enriched after its item had expired gets a new item, without which a retry would mail it again.
 */
export const recordAttributes = ({ now, retentionDays }: EventTable, record: RecordedEvent) => ({
  ...factsOf(record),
  expires_at: expiryOf(new Date(Math.max(Date.parse(record.receivedAt), now().getTime())), retentionDays),
});

/** Attributes of a claim. */
export const leaseAttributes = ['claim_id', 'lease_until'] as const;

/** Attributes that an event loses when it is NOTIFIED, FAILED or DISCARDED. */
export const pendingAttributes = [
  'pending',
  'pending_since',
  'requeues',
  'lost_messages',
  'taken_at',
  ...leaseAttributes,
] as const;

/**
 * Attributes that count the mails which may have been sent. A confirmed mail removes them, and so does an operator who
 * decides to send another mail.
 */
export const mailAttributes = ['mail_claims'] as const;
