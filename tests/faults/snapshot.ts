import { GetObjectCommand } from '@aws-sdk/client-s3';
import * as E from 'fp-ts/Either';
import type * as t from 'io-ts';
import { PathReporter } from 'io-ts/PathReporter';
import { isLeadKey } from '../../shared/aws/table-keys';
import { eventItem, type EventItem } from '../../shared/stored/event-item';
import { leadItem, type LeadItem } from '../../shared/stored/lead-item';
import { mailedEvent } from '../support/mailed-event';
import type { Stack } from '../stack/cloud';
import { atOnce } from '../stack/waiting';

export type RawObject = Readonly<{ key: string; eventId: string; text: string }>;

/** The content of the cloud at a moment when nothing runs. */
export type Snapshot = Readonly<{
  events: ReadonlyMap<string, EventItem>;
  /** By `leadName`. */
  leads: ReadonlyMap<string, LeadItem>;
  raws: readonly RawObject[];
  enriched: ReadonlyMap<string, string>;
  /** How many mails SES accepted for each event. */
  mails: ReadonlyMap<string, number>;
  /** The bodies of the messages in the dead-letter queue. */
  letters: readonly string[];
  /** All items of the table as text, so that a check can search it for secrets. */
  tableText: string;
}>;

/** A unique name of a lead. Sources may use one id for different leads. */
export const leadName = ({ leadId, namespace }: Readonly<{ leadId: string; namespace: string }>): string =>
  `${leadId} of ${namespace}`;

/** A limit, because the cloud is one process. */
const readsAtOnce = 16;

export const takeSnapshot = async (stack: Stack): Promise<Snapshot> => {
  const items = await stack.items();
  const [rawKeys, enrichedKeys, mails, letters] = await Promise.all([
    stack.keysOf(stack.outputs.RawBucketName, 'raw/'),
    stack.keysOf(stack.outputs.EnrichedBucketName, 'enriched/'),
    stack.mails(),
    stack.deadLetters(),
  ]);
  const raws = await atOnce(readsAtOnce, rawKeys, async (key): Promise<RawObject> => {
    const { Body, Metadata = {} } = await stack.s3.send(
      new GetObjectCommand({ Bucket: stack.outputs.RawBucketName, Key: key }),
    );
    return { key, eventId: Metadata['event-id'] ?? '', text: (await Body?.transformToString()) ?? '' };
  });
  const enriched = await atOnce(readsAtOnce, enrichedKeys, async (key) => {
    const { Body } = await stack.s3.send(new GetObjectCommand({ Bucket: stack.outputs.EnrichedBucketName, Key: key }));
    return [key, (await Body?.transformToString()) ?? ''] as const;
  });
  return {
    events: new Map(
      items.filter(({ sk }) => !isLeadKey(sk)).map((item) => [String(item.event_id), decoded(eventItem, item)]),
    ),
    leads: new Map(
      items
        .filter(({ sk }) => isLeadKey(sk))
        .map((item) => [
          leadName({ leadId: String(item.lead_id), namespace: String(item.namespace) }),
          decoded(leadItem, item),
        ]),
    ),
    raws,
    enriched: new Map(enriched),
    mails: countedBy(mails.map(({ text }) => mailedEvent(text) ?? 'no event')),
    letters,
    tableText: JSON.stringify(items),
  };
};

const decoded = <A>(codec: t.Decoder<unknown, A>, item: unknown): A => {
  const result = codec.decode(item);
  if (E.isLeft(result)) throw new Error(`The table has an invalid item: ${PathReporter.report(result).join('; ')}`);
  return result.right;
};

export const countedBy = (names: readonly string[]): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
};
